#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mmio_cts {

/// The messages of an I/O procedure, MMIOM_x (requirement ABI-12). Any other number is a message too, one
/// the procedure does not know; user-defined messages start at `user` (US-01).
namespace message {
inline constexpr std::uint32_t read = 0;
inline constexpr std::uint32_t write = 1;
inline constexpr std::uint32_t seek = 2;
inline constexpr std::uint32_t open = 3;
inline constexpr std::uint32_t close = 4;
inline constexpr std::uint32_t write_flush = 5;
inline constexpr std::uint32_t rename = 6;
inline constexpr std::uint32_t user = 0x8000;
}  // namespace message

/// "READ" ... "RENAME", "USER+5" from 0x8000 on, "0x1000" for other numbers.
std::string message_name(std::uint32_t message);

/// The inverse of message_name; none if `name` is not of that form.
std::optional<std::uint32_t> message_number(std::string_view name);

/// READ, WRITE, WRITEFLUSH and SEEK answer a count or a position and -1 on error (requirement EC-02);
/// OPEN, CLOSE and RENAME answer 0 or an error code (EC-01).
constexpr bool answers_count_or_position(std::uint32_t message) {
  return message == message::read || message == message::write || message == message::write_flush ||
         message == message::seek;
}

}  // namespace mmio_cts
