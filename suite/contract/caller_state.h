#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace mmio_cts {

/// What belongs to the caller and must be after a message what it was before: registers and control words
/// that the calling conventions call preserved (requirements ABI-02, ABI-17), and settings that a process has
/// but one of (ABI-18).
enum class CallerState : std::uint8_t {
  rbx,
  rbp,
  rsi,
  rdi,
  r12,
  r13,
  r14,
  r15,
  ebx,
  ebp,
  esi,
  edi,
  xmm6,
  xmm7,
  xmm8,
  xmm9,
  xmm10,
  xmm11,
  xmm12,
  xmm13,
  xmm14,
  xmm15,
  direction_flag,
  x87_control,
  x87_stack,
  mxcsr,
  working_directory,
  error_mode,
};

struct CallerStateRow {
  CallerState state;
  std::string_view name;         ///< for a person
  std::string_view requirement;  ///< the row that a change of it violates
  std::string_view code;         ///< of the finding
};

inline constexpr std::array<CallerStateRow, 28> caller_states = {{
    {CallerState::rbx, "RBX", "ABI-02", "register_changed"},
    {CallerState::rbp, "RBP", "ABI-02", "register_changed"},
    {CallerState::rsi, "RSI", "ABI-02", "register_changed"},
    {CallerState::rdi, "RDI", "ABI-02", "register_changed"},
    {CallerState::r12, "R12", "ABI-02", "register_changed"},
    {CallerState::r13, "R13", "ABI-02", "register_changed"},
    {CallerState::r14, "R14", "ABI-02", "register_changed"},
    {CallerState::r15, "R15", "ABI-02", "register_changed"},
    {CallerState::ebx, "EBX", "ABI-02", "register_changed"},
    {CallerState::ebp, "EBP", "ABI-02", "register_changed"},
    {CallerState::esi, "ESI", "ABI-02", "register_changed"},
    {CallerState::edi, "EDI", "ABI-02", "register_changed"},
    {CallerState::xmm6, "XMM6", "ABI-02", "register_changed"},
    {CallerState::xmm7, "XMM7", "ABI-02", "register_changed"},
    {CallerState::xmm8, "XMM8", "ABI-02", "register_changed"},
    {CallerState::xmm9, "XMM9", "ABI-02", "register_changed"},
    {CallerState::xmm10, "XMM10", "ABI-02", "register_changed"},
    {CallerState::xmm11, "XMM11", "ABI-02", "register_changed"},
    {CallerState::xmm12, "XMM12", "ABI-02", "register_changed"},
    {CallerState::xmm13, "XMM13", "ABI-02", "register_changed"},
    {CallerState::xmm14, "XMM14", "ABI-02", "register_changed"},
    {CallerState::xmm15, "XMM15", "ABI-02", "register_changed"},
    {CallerState::direction_flag, "the direction flag", "ABI-02", "direction_flag_set"},
    {CallerState::x87_control, "the x87 control word", "ABI-17", "floating_point_changed"},
    {CallerState::x87_stack, "the x87 register stack", "ABI-17", "floating_point_changed"},
    {CallerState::mxcsr, "the control bits of MXCSR", "ABI-17", "floating_point_changed"},
    {CallerState::working_directory, "the working directory", "ABI-18", "process_state_changed"},
    {CallerState::error_mode, "the error mode", "ABI-18", "process_state_changed"},
}};

static_assert([] {
  for (std::size_t i = 0; i < caller_states.size(); ++i)
    if (caller_states[i].state != static_cast<CallerState>(i)) return false;
  return true;
}());

constexpr const CallerStateRow& caller_state_row(CallerState state) {
  return caller_states[static_cast<std::size_t>(state)];
}

}  // namespace mmio_cts
