#include "suite/worker/procedure_call.h"

// LRESULT call_and_measure(procedure, info, message, param1, param2, int* stack_drift), cdecl. It finds its
// own frame by EBP, hence comes back in good order whatever the procedure did to ESP. The call is made on a
// stack aligned to 16 bytes, as gcc's own calls are.
__asm__(R"(
    .globl _call_and_measure
_call_and_measure:
    pushl %ebp
    movl %esp, %ebp
    pushl %ebx
    pushl %esi
    pushl %edi
    subl $8, %esp
    andl $-16, %esp
    movl %esp, -16(%ebp)
    pushl 24(%ebp)
    pushl 20(%ebp)
    pushl 16(%ebp)
    pushl 12(%ebp)
    call *8(%ebp)
    movl -16(%ebp), %ecx
    subl %esp, %ecx
    movl 28(%ebp), %edx
    movl %ecx, (%edx)
    leal -12(%ebp), %esp
    popl %edi
    popl %esi
    popl %ebx
    popl %ebp
    ret
)");
extern "C" LRESULT call_and_measure(LPMMIOPROC procedure, MMIOINFO* info, UINT message, LPARAM param1,
                                    LPARAM param2, int* stack_drift);

namespace mmio_cts {

CallResult call_procedure(LPMMIOPROC procedure, MMIOINFO* info, UINT message, LPARAM param1, LPARAM param2) {
  CallResult call;
  call.result = call_and_measure(procedure, info, message, param1, param2, &call.stack_drift);
  return call;
}

}  // namespace mmio_cts
