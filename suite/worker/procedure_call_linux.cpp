#include "suite/worker/watched_call.h"

namespace mmio_cts {
namespace {

constexpr std::array registers = {CallerState::rbx, CallerState::rbp, CallerState::r12,
                                  CallerState::r13, CallerState::r14, CallerState::r15};

}  // namespace

const CallingConvention calling_convention = {registers, {}, true};

}  // namespace mmio_cts

// An exception may pass through here: hence the notes on the frame.
__asm__(R"(
    .text
    .globl mmio_cts_call_and_watch
    .hidden mmio_cts_call_and_watch
    .type mmio_cts_call_and_watch, @function
mmio_cts_call_and_watch:
    .cfi_startproc
    .irp register, rbp, rbx, r12, r13, r14, r15
    pushq %\register
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %\register, 0
    .endr
    pushq %rdi
    .cfi_adjust_cfa_offset 8
    stmxcsr 56(%rdi)
    fnstcw 64(%rdi)
    movq %rdi, %rax
    movq 8(%rax), %rdi
    movl 16(%rax), %esi
    movq 24(%rax), %rdx
    movq 32(%rax), %rcx
    movq 104(%rax), %rbx
    movq 112(%rax), %rbp
    movq 120(%rax), %r12
    movq 128(%rax), %r13
    movq 136(%rax), %r14
    movq 144(%rax), %r15
    call *(%rax)
    popq %rdi
    .cfi_adjust_cfa_offset -8
    pushfq
    .cfi_adjust_cfa_offset 8
    popq 48(%rdi)
    .cfi_adjust_cfa_offset -8
    cld
    movq %rax, 40(%rdi)
    movq %rbx, 104(%rdi)
    movq %rbp, 112(%rdi)
    movq %r12, 120(%rdi)
    movq %r13, 128(%rdi)
    movq %r14, 136(%rdi)
    movq %r15, 144(%rdi)
    stmxcsr 60(%rdi)
    ldmxcsr 56(%rdi)
    fnstenv 68(%rdi)
    fninit
    fldcw 64(%rdi)
    .irp register, r15, r14, r13, r12, rbx, rbp
    popq %\register
    .cfi_adjust_cfa_offset -8
    .cfi_restore %\register
    .endr
    ret
    .cfi_endproc
    .size mmio_cts_call_and_watch, . - mmio_cts_call_and_watch
)");
