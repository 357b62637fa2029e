#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "suite/contract/caller_state.h"
#include "suite/contract/mmsystem.h"

namespace mmio_cts {

// Between procedure_call.cpp and the assembly that makes the call, one file for each calling convention.

/// What FNSTENV stores in 32-bit and 64-bit mode.
struct X87Environment {
  std::uint32_t control, status, tags;
  std::array<std::uint32_t, 4> last_operation;
};

/// Control words of the floating-point units before and after a call.
struct FloatingPoint {
  std::uint32_t mxcsr_before, mxcsr_after;
  std::uint32_t x87_control_before;
  X87Environment x87_after;
};

/// What the assembly takes and gives. It knows the places of the members.
struct WatchedCall {
  LPMMIOPROC procedure;
  MMIOINFO* info;
  std::uintptr_t message;
  LPARAM param1, param2;
  LRESULT result;
  std::uintptr_t flags;
  FloatingPoint floating_point;
  std::int32_t stack_drift;  ///< see CallResult
  /// What preserved registers hold when the procedure is called, and when it returns: in the order of
  /// CallingConvention, as many as that has.
  std::array<std::uintptr_t, 8> registers;
  std::array<std::array<std::uint64_t, 2>, 10> vectors;
};
inline constexpr std::size_t word = sizeof(std::uintptr_t);
static_assert(offsetof(WatchedCall, result) == 5 * word && offsetof(WatchedCall, flags) == 6 * word &&
              offsetof(WatchedCall, floating_point) == 7 * word && sizeof(FloatingPoint) == 40 &&
              offsetof(WatchedCall, stack_drift) == 7 * word + 40 &&
              offsetof(WatchedCall, registers) == 7 * word + 40 + word &&
              offsetof(WatchedCall, vectors) == 15 * word + 40 + word);

/// Makes the call. Whatever the procedure leaves behind, this returns with everything of the caller's as it
/// was.
extern "C" void mmio_cts_call_and_watch(WatchedCall* call);

/// What a procedure must preserve.
struct CallingConvention {
  std::span<const CallerState> registers;
  std::span<const CallerState> vectors;
  bool leaves_x87_stack_empty;
};
extern const CallingConvention calling_convention;

}  // namespace mmio_cts
