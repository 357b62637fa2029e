#include <cstddef>

#include "suite/worker/procedure_call.h"
#include "suite/worker/watched_call.h"

namespace mmio_cts {
namespace {

constexpr std::array preserved = {CallerState::ebx, CallerState::ebp, CallerState::esi, CallerState::edi};

/// What the assembly below takes and gives: it knows the places of the members.
struct WatchedCall {
  LPMMIOPROC procedure;
  MMIOINFO* info;
  UINT message;
  LPARAM param1, param2;
  LRESULT result;
  std::array<std::uint32_t, preserved.size()> registers;
  std::uint32_t flags;
  FloatingPoint floating_point;
  int stack_drift;
};
static_assert(offsetof(WatchedCall, registers) == 24 && offsetof(WatchedCall, flags) == 40 &&
              offsetof(WatchedCall, floating_point) == 44 && offsetof(FloatingPoint, x87_after) == 12 &&
              offsetof(WatchedCall, stack_drift) == 84);

}  // namespace
}  // namespace mmio_cts

// void mmio_cts_call_and_watch(WatchedCall*), cdecl. Whatever the procedure leaves behind, the caller has
// everything back. A procedure of another convention, or one that counts its arguments otherwise, comes back
// with another ESP, and EBP is to be watched, too: so the frame is found by a mark on the stack, its own
// address and that with all bits turned, which lies where ESP should be or near it. The call is made on a
// stack aligned to 16 bytes, as gcc's own calls are.
__asm__(R"(
    .text
    .globl _mmio_cts_call_and_watch
_mmio_cts_call_and_watch:
    pushl %ebp
    pushl %ebx
    pushl %esi
    pushl %edi
    movl 20(%esp), %eax
    movl %esp, %ecx
    movl %esp, %edx
    notl %edx
    andl $-16, %esp
    subl $8, %esp
    pushl %edx
    pushl %ecx
    movl %ecx, mmio_cts_last_frame
    stmxcsr 44(%eax)
    fnstcw 52(%eax)
    pushl 16(%eax)
    pushl 12(%eax)
    pushl 8(%eax)
    pushl 4(%eax)
    movl 24(%eax), %ebx
    movl 28(%eax), %ebp
    movl 32(%eax), %esi
    movl 36(%eax), %edi
    call *(%eax)
    .irp distance, 0, 16, 4, 8, 12, -4, -8, -12, -16
    movl \distance(%esp), %ecx
    movl \distance+4(%esp), %edx
    notl %edx
    cmpl %ecx, %edx
    je 1f
    .endr
    movl mmio_cts_last_frame, %ecx
1:
    movl %ecx, %edx
    andl $-16, %edx
    subl $16, %edx
    subl %esp, %edx
    movl %ecx, %esp
    movl 20(%esp), %ecx
    movl %edx, 84(%ecx)
    movl %eax, 20(%ecx)
    movl %ebx, 24(%ecx)
    movl %ebp, 28(%ecx)
    movl %esi, 32(%ecx)
    movl %edi, 36(%ecx)
    pushfl
    popl 40(%ecx)
    cld
    stmxcsr 48(%ecx)
    ldmxcsr 44(%ecx)
    fnstenv 56(%ecx)
    fninit
    fldcw 52(%ecx)
    popl %edi
    popl %esi
    popl %ebx
    popl %ebp
    ret
    .lcomm mmio_cts_last_frame, 4
)");
extern "C" void mmio_cts_call_and_watch(void* watched_call);

namespace mmio_cts {

CallResult call_procedure(LPMMIOPROC procedure, MMIOINFO* info, UINT message, LPARAM param1, LPARAM param2) {
  WatchedCall call = {.procedure = procedure,
                      .info = info,
                      .message = message,
                      .param1 = param1,
                      .param2 = param2,
                      .result = 0,
                      .registers = unlikely_values<std::uint32_t, preserved.size()>(),
                      .flags = 0,
                      .floating_point = {},
                      .stack_drift = 0};
  mmio_cts_call_and_watch(&call);
  CallResult seen;
  seen.result = call.result;
  seen.stack_drift = call.stack_drift;
  note_registers(call.registers, preserved, seen.changed);
  note_direction(call.flags, seen.changed);
  note_changes(call.floating_point, X87Stack::must_be_empty, seen.changed);
  return seen;
}

}  // namespace mmio_cts
