#include <cstddef>

#include "suite/worker/procedure_call.h"
#include "suite/worker/watched_call.h"

namespace mmio_cts {
namespace {

constexpr std::array preserved = {CallerState::rbx, CallerState::rbp, CallerState::r12,
                                  CallerState::r13, CallerState::r14, CallerState::r15};

/// What the assembly below takes and gives: it knows the places of the members.
struct WatchedCall {
  LPMMIOPROC procedure;
  MMIOINFO* info;
  std::uint64_t message;
  LPARAM param1, param2;
  LRESULT result;
  std::array<std::uint64_t, preserved.size()> registers;
  std::uint64_t flags;
  FloatingPoint floating_point;
};
static_assert(offsetof(WatchedCall, registers) == 48 && offsetof(WatchedCall, flags) == 96 &&
              offsetof(WatchedCall, floating_point) == 104 && offsetof(FloatingPoint, x87_after) == 12);

}  // namespace
}  // namespace mmio_cts

// void mmio_cts_call_and_watch(WatchedCall*). Whatever the procedure leaves behind, the caller has everything
// back.
__asm__(R"(
    .text
    .local mmio_cts_call_and_watch
    .type mmio_cts_call_and_watch, @function
mmio_cts_call_and_watch:
    .cfi_startproc
    pushq %rbp
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbp, 0
    pushq %rbx
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbx, 0
    pushq %r12
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r12, 0
    pushq %r13
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r13, 0
    pushq %r14
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r14, 0
    pushq %r15
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r15, 0
    pushq %rdi
    .cfi_adjust_cfa_offset 8
    stmxcsr 104(%rdi)
    fnstcw 112(%rdi)
    movq %rdi, %rax
    movq 8(%rax), %rdi
    movl 16(%rax), %esi
    movq 24(%rax), %rdx
    movq 32(%rax), %rcx
    movq 48(%rax), %rbx
    movq 56(%rax), %rbp
    movq 64(%rax), %r12
    movq 72(%rax), %r13
    movq 80(%rax), %r14
    movq 88(%rax), %r15
    call *(%rax)
    popq %rdi
    .cfi_adjust_cfa_offset -8
    pushfq
    .cfi_adjust_cfa_offset 8
    popq 96(%rdi)
    .cfi_adjust_cfa_offset -8
    cld
    movq %rax, 40(%rdi)
    movq %rbx, 48(%rdi)
    movq %rbp, 56(%rdi)
    movq %r12, 64(%rdi)
    movq %r13, 72(%rdi)
    movq %r14, 80(%rdi)
    movq %r15, 88(%rdi)
    stmxcsr 108(%rdi)
    ldmxcsr 104(%rdi)
    fnstenv 116(%rdi)
    fninit
    fldcw 112(%rdi)
    popq %r15
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r15
    popq %r14
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r14
    popq %r13
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r13
    popq %r12
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r12
    popq %rbx
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbx
    popq %rbp
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbp
    ret
    .cfi_endproc
    .size mmio_cts_call_and_watch, . - mmio_cts_call_and_watch
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
                      .registers = unlikely_values<std::uint64_t, preserved.size()>(),
                      .flags = 0,
                      .floating_point = {}};
  mmio_cts_call_and_watch(&call);
  CallResult seen;
  seen.result = call.result;
  note_registers(call.registers, preserved, seen.changed);
  note_direction(call.flags, seen.changed);
  note_changes(call.floating_point, X87Stack::must_be_empty, seen.changed);
  return seen;
}

}  // namespace mmio_cts
