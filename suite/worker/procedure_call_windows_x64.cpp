#include <cstddef>

#include "suite/worker/procedure_call.h"
#include "suite/worker/watched_call.h"

namespace mmio_cts {
namespace {

constexpr std::array preserved = {CallerState::rbx, CallerState::rbp, CallerState::rsi, CallerState::rdi,
                                  CallerState::r12, CallerState::r13, CallerState::r14, CallerState::r15};
constexpr std::array preserved_vectors = {
    CallerState::xmm6,  CallerState::xmm7,  CallerState::xmm8,  CallerState::xmm9,  CallerState::xmm10,
    CallerState::xmm11, CallerState::xmm12, CallerState::xmm13, CallerState::xmm14, CallerState::xmm15};

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
  std::array<std::array<std::uint64_t, 2>, preserved_vectors.size()> vectors;
};
static_assert(offsetof(WatchedCall, registers) == 48 && offsetof(WatchedCall, flags) == 112 &&
              offsetof(WatchedCall, floating_point) == 120 && offsetof(FloatingPoint, x87_after) == 12 &&
              offsetof(WatchedCall, vectors) == 160);

}  // namespace
}  // namespace mmio_cts

// void mmio_cts_call_and_watch(WatchedCall*). Whatever the procedure leaves behind, the caller has everything
// back. Of its 200 bytes of stack the first 32 are the procedure's, as this calling convention wants it.
__asm__(R"(
    .text
    .globl mmio_cts_call_and_watch
    .def mmio_cts_call_and_watch; .scl 2; .type 32; .endef
    .seh_proc mmio_cts_call_and_watch
mmio_cts_call_and_watch:
    pushq %rbp
    .seh_pushreg %rbp
    pushq %rbx
    .seh_pushreg %rbx
    pushq %rsi
    .seh_pushreg %rsi
    pushq %rdi
    .seh_pushreg %rdi
    pushq %r12
    .seh_pushreg %r12
    pushq %r13
    .seh_pushreg %r13
    pushq %r14
    .seh_pushreg %r14
    pushq %r15
    .seh_pushreg %r15
    subq $200, %rsp
    .seh_stackalloc 200
    movaps %xmm6, 32(%rsp)
    .seh_savexmm %xmm6, 32
    movaps %xmm7, 48(%rsp)
    .seh_savexmm %xmm7, 48
    movaps %xmm8, 64(%rsp)
    .seh_savexmm %xmm8, 64
    movaps %xmm9, 80(%rsp)
    .seh_savexmm %xmm9, 80
    movaps %xmm10, 96(%rsp)
    .seh_savexmm %xmm10, 96
    movaps %xmm11, 112(%rsp)
    .seh_savexmm %xmm11, 112
    movaps %xmm12, 128(%rsp)
    .seh_savexmm %xmm12, 128
    movaps %xmm13, 144(%rsp)
    .seh_savexmm %xmm13, 144
    movaps %xmm14, 160(%rsp)
    .seh_savexmm %xmm14, 160
    movaps %xmm15, 176(%rsp)
    .seh_savexmm %xmm15, 176
    .seh_endprologue
    movq %rcx, 192(%rsp)
    stmxcsr 120(%rcx)
    fnstcw 128(%rcx)
    movq %rcx, %rax
    movq 8(%rax), %rcx
    movl 16(%rax), %edx
    movq 24(%rax), %r8
    movq 32(%rax), %r9
    movq 48(%rax), %rbx
    movq 56(%rax), %rbp
    movq 64(%rax), %rsi
    movq 72(%rax), %rdi
    movq 80(%rax), %r12
    movq 88(%rax), %r13
    movq 96(%rax), %r14
    movq 104(%rax), %r15
    movups 160(%rax), %xmm6
    movups 176(%rax), %xmm7
    movups 192(%rax), %xmm8
    movups 208(%rax), %xmm9
    movups 224(%rax), %xmm10
    movups 240(%rax), %xmm11
    movups 256(%rax), %xmm12
    movups 272(%rax), %xmm13
    movups 288(%rax), %xmm14
    movups 304(%rax), %xmm15
    call *(%rax)
    movq 192(%rsp), %rcx
    pushfq
    popq 112(%rcx)
    cld
    movq %rax, 40(%rcx)
    movq %rbx, 48(%rcx)
    movq %rbp, 56(%rcx)
    movq %rsi, 64(%rcx)
    movq %rdi, 72(%rcx)
    movq %r12, 80(%rcx)
    movq %r13, 88(%rcx)
    movq %r14, 96(%rcx)
    movq %r15, 104(%rcx)
    movups %xmm6, 160(%rcx)
    movups %xmm7, 176(%rcx)
    movups %xmm8, 192(%rcx)
    movups %xmm9, 208(%rcx)
    movups %xmm10, 224(%rcx)
    movups %xmm11, 240(%rcx)
    movups %xmm12, 256(%rcx)
    movups %xmm13, 272(%rcx)
    movups %xmm14, 288(%rcx)
    movups %xmm15, 304(%rcx)
    stmxcsr 124(%rcx)
    ldmxcsr 120(%rcx)
    fnstenv 132(%rcx)
    fninit
    fldcw 128(%rcx)
    movaps 32(%rsp), %xmm6
    movaps 48(%rsp), %xmm7
    movaps 64(%rsp), %xmm8
    movaps 80(%rsp), %xmm9
    movaps 96(%rsp), %xmm10
    movaps 112(%rsp), %xmm11
    movaps 128(%rsp), %xmm12
    movaps 144(%rsp), %xmm13
    movaps 160(%rsp), %xmm14
    movaps 176(%rsp), %xmm15
    addq $200, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rdi
    popq %rsi
    popq %rbx
    popq %rbp
    ret
    .seh_endproc
)");
extern "C" void mmio_cts_call_and_watch(void* watched_call);

namespace mmio_cts {
namespace {

constexpr auto vector_values() {
  const auto words = unlikely_values<std::uint64_t, preserved_vectors.size()>();
  std::array<std::array<std::uint64_t, 2>, preserved_vectors.size()> values = {};
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = {words[i], ~words[i]};
  return values;
}

}  // namespace

CallResult call_procedure(LPMMIOPROC procedure, MMIOINFO* info, UINT message, LPARAM param1, LPARAM param2) {
  WatchedCall call = {.procedure = procedure,
                      .info = info,
                      .message = message,
                      .param1 = param1,
                      .param2 = param2,
                      .result = 0,
                      .registers = unlikely_values<std::uint64_t, preserved.size()>(),
                      .flags = 0,
                      .floating_point = {},
                      .vectors = vector_values()};
  mmio_cts_call_and_watch(&call);
  CallResult seen;
  seen.result = call.result;
  note_registers(call.registers, preserved, seen.changed);
  for (std::size_t i = 0; i < preserved_vectors.size(); ++i)
    if (call.vectors[i] != vector_values()[i]) seen.changed.push_back(preserved_vectors[i]);
  note_direction(call.flags, seen.changed);
  note_changes(call.floating_point, X87Stack::may_hold_anything, seen.changed);
  return seen;
}

}  // namespace mmio_cts
