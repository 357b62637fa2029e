#include "suite/worker/watched_call.h"

namespace mmio_cts {
namespace {

constexpr std::array registers = {CallerState::ebx, CallerState::ebp, CallerState::esi, CallerState::edi};

}  // namespace

const CallingConvention calling_convention = {registers, {}, true};

}  // namespace mmio_cts

// Cdecl. A procedure of another convention, or one that counts its arguments otherwise, comes back with
// another ESP, and EBP is watched, too: so the frame is found by a mark on the stack, its own address and
// that with all bits turned, which lies where ESP should be or near it. Until it is found nothing may be
// pushed: that could write over the mark. No instruction up to PUSHFL changes the direction flag. The call is
// made on a stack aligned to 16 bytes, as gcc's own calls are. An exception may pass through: the notes on
// the frame hold at the call, where the mark lies behind the arguments (CFA = *(ESP + 16) + 20).
__asm__(R"(
    .text
    .globl _mmio_cts_call_and_watch
_mmio_cts_call_and_watch:
    .cfi_startproc
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
    stmxcsr 28(%eax)
    fnstcw 36(%eax)
    pushl 16(%eax)
    pushl 12(%eax)
    pushl 8(%eax)
    pushl 4(%eax)
    movl 72(%eax), %ebx
    movl 76(%eax), %ebp
    movl 80(%eax), %esi
    movl 84(%eax), %edi
    .cfi_escape 0x0f, 5, 0x74, 16, 0x06, 0x23, 20
    .cfi_offset %ebp, -8
    .cfi_offset %ebx, -12
    .cfi_offset %esi, -16
    .cfi_offset %edi, -20
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
    movl %edx, 68(%ecx)
    movl %eax, 20(%ecx)
    movl %ebx, 72(%ecx)
    movl %ebp, 76(%ecx)
    movl %esi, 80(%ecx)
    movl %edi, 84(%ecx)
    pushfl
    popl 24(%ecx)
    cld
    stmxcsr 32(%ecx)
    ldmxcsr 28(%ecx)
    fnstenv 40(%ecx)
    fninit
    fldcw 36(%ecx)
    popl %edi
    popl %esi
    popl %ebx
    popl %ebp
    ret
    .cfi_endproc
    .lcomm mmio_cts_last_frame, 4
)");
