#include "suite/worker/procedure_call.h"

#include "suite/worker/watched_call.h"

namespace mmio_cts {
namespace {

/// What no procedure leaves in a register by accident: another value for each.
constexpr std::uint64_t unlikely_value(std::size_t index) {
  return 0xB5C3'9A71'D2E4'8F06 + 0x0101'0101'0101'0101 * index;
}

void fill(WatchedCall& call) {
  for (std::size_t i = 0; i < call.registers.size(); ++i)
    call.registers[i] = static_cast<std::uintptr_t>(unlikely_value(i));
  for (std::size_t i = 0; i < call.vectors.size(); ++i)
    call.vectors[i] = {unlikely_value(i), ~unlikely_value(i)};
}

template <typename Values>
void note_differences(const Values& before, const Values& after, std::span<const CallerState> names,
                      std::vector<CallerState>& changed) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (before[i] != after[i]) changed.push_back(names[i]);
}

void note_differences(const FloatingPoint& seen, std::vector<CallerState>& changed) {
  constexpr std::uint32_t mxcsr_control = 0xFFC0;  // the other bits tell what happened
  constexpr std::uint32_t all_empty = 0xFFFF;
  if (((seen.x87_after.control ^ seen.x87_control_before) & 0xFFFF) != 0)
    changed.push_back(CallerState::x87_control);
  if (calling_convention.leaves_x87_stack_empty && (seen.x87_after.tags & 0xFFFF) != all_empty)
    changed.push_back(CallerState::x87_stack);
  if (((seen.mxcsr_after ^ seen.mxcsr_before) & mxcsr_control) != 0) changed.push_back(CallerState::mxcsr);
}

}  // namespace

CallResult call_procedure(LPMMIOPROC procedure, MMIOINFO* info, UINT message, LPARAM param1, LPARAM param2) {
  constexpr std::uintptr_t direction_bit = 0x400;
  WatchedCall call = {};
  call.procedure = procedure;
  call.info = info;
  call.message = message;
  call.param1 = param1;
  call.param2 = param2;
  fill(call);
  const WatchedCall before = call;
  mmio_cts_call_and_watch(&call);
  CallResult seen{call.result, call.stack_drift, {}};
  note_differences(before.registers, call.registers, calling_convention.registers, seen.changed);
  note_differences(before.vectors, call.vectors, calling_convention.vectors, seen.changed);
  if ((call.flags & direction_bit) != 0) seen.changed.push_back(CallerState::direction_flag);
  note_differences(call.floating_point, seen.changed);
  return seen;
}

}  // namespace mmio_cts
