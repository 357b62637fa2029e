#include "suite/worker/watched_call.h"

namespace mmio_cts {
namespace {

constexpr std::array registers = {CallerState::rbx, CallerState::rbp, CallerState::rsi, CallerState::rdi,
                                  CallerState::r12, CallerState::r13, CallerState::r14, CallerState::r15};
constexpr std::array vectors = {
    CallerState::xmm6,  CallerState::xmm7,  CallerState::xmm8,  CallerState::xmm9,  CallerState::xmm10,
    CallerState::xmm11, CallerState::xmm12, CallerState::xmm13, CallerState::xmm14, CallerState::xmm15};

}  // namespace

const CallingConvention calling_convention = {registers, vectors, false};

}  // namespace mmio_cts

// Of its 200 bytes of stack the first 32 are the procedure's, as this calling convention wants it; then come
// XMM6 to XMM15 and the address of the WatchedCall. An exception may pass through here: hence the notes on
// the frame.
__asm__(R"(
    .text
    .globl mmio_cts_call_and_watch
    .def mmio_cts_call_and_watch; .scl 2; .type 32; .endef
    .seh_proc mmio_cts_call_and_watch
mmio_cts_call_and_watch:
    .irp register, rbp, rbx, rsi, rdi, r12, r13, r14, r15
    pushq %\register
    .seh_pushreg %\register
    .endr
    subq $200, %rsp
    .seh_stackalloc 200
    .irp n, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    movaps %xmm\n, 16*\n-64(%rsp)
    .seh_savexmm %xmm\n, 16*\n-64
    .endr
    .seh_endprologue
    movq %rcx, 192(%rsp)
    stmxcsr 56(%rcx)
    fnstcw 64(%rcx)
    movq %rcx, %rax
    movq 8(%rax), %rcx
    movl 16(%rax), %edx
    movq 24(%rax), %r8
    movq 32(%rax), %r9
    movq 104(%rax), %rbx
    movq 112(%rax), %rbp
    movq 120(%rax), %rsi
    movq 128(%rax), %rdi
    movq 136(%rax), %r12
    movq 144(%rax), %r13
    movq 152(%rax), %r14
    movq 160(%rax), %r15
    .irp n, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    movups 72+16*\n(%rax), %xmm\n
    .endr
    call *(%rax)
    movq 192(%rsp), %rcx
    pushfq
    popq 48(%rcx)
    cld
    movq %rax, 40(%rcx)
    movq %rbx, 104(%rcx)
    movq %rbp, 112(%rcx)
    movq %rsi, 120(%rcx)
    movq %rdi, 128(%rcx)
    movq %r12, 136(%rcx)
    movq %r13, 144(%rcx)
    movq %r14, 152(%rcx)
    movq %r15, 160(%rcx)
    .irp n, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    movups %xmm\n, 72+16*\n(%rcx)
    movaps 16*\n-64(%rsp), %xmm\n
    .endr
    stmxcsr 60(%rcx)
    ldmxcsr 56(%rcx)
    fnstenv 68(%rcx)
    fninit
    fldcw 64(%rcx)
    addq $200, %rsp
    .irp register, r15, r14, r13, r12, rdi, rsi, rbx, rbp
    popq %\register
    .endr
    ret
    .seh_endproc
)");
