#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "suite/contract/caller_state.h"

namespace mmio_cts {

// What the three ways of calling a procedure share.

/// What no procedure leaves in a register by accident: another value for each.
template <typename Word, std::size_t count>
constexpr std::array<Word, count> unlikely_values() {
  std::array<Word, count> values = {};
  for (std::size_t i = 0; i < count; ++i)
    values[i] = static_cast<Word>(0xB5C3'9A71'D2E4'8F06 + 0x0101'0101'0101'0101 * i);
  return values;
}

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

/// Whether a call must leave the x87 register stack empty: only Windows x64 does not say so.
enum class X87Stack { must_be_empty, may_hold_anything };

inline void note_changes(const FloatingPoint& seen, X87Stack rule, std::vector<CallerState>& changed) {
  constexpr std::uint32_t control_bits = 0xFFC0;  // the others tell what happened
  constexpr std::uint32_t all_empty = 0xFFFF;
  if (((seen.x87_after.control ^ seen.x87_control_before) & 0xFFFF) != 0)
    changed.push_back(CallerState::x87_control);
  if (rule == X87Stack::must_be_empty && (seen.x87_after.tags & 0xFFFF) != all_empty)
    changed.push_back(CallerState::x87_stack);
  if (((seen.mxcsr_after ^ seen.mxcsr_before) & control_bits) != 0) changed.push_back(CallerState::mxcsr);
}

inline void note_direction(std::uint64_t flags, std::vector<CallerState>& changed) {
  constexpr std::uint64_t direction_bit = 0x400;
  if ((flags & direction_bit) != 0) changed.push_back(CallerState::direction_flag);
}

/// `registers` were to hold what `unlikely_values` gives, each as named by `names`.
template <typename Word, std::size_t count>
void note_registers(const std::array<Word, count>& registers, const std::array<CallerState, count>& names,
                    std::vector<CallerState>& changed) {
  const auto before = unlikely_values<Word, count>();
  for (std::size_t i = 0; i < count; ++i)
    if (registers[i] != before[i]) changed.push_back(names[i]);
}

}  // namespace mmio_cts
