#include "suite/contract/message.h"

#include <fmt/format.h>

#include <charconv>

#include "suite/contract/named_value.h"

namespace mmio_cts {
namespace {

constexpr NamedValue messages[] = {
    {"READ", message::read},     {"WRITE", message::write}, {"SEEK", message::seek},
    {"OPEN", message::open},     {"CLOSE", message::close}, {"WRITEFLUSH", message::write_flush},
    {"RENAME", message::rename},
};

constexpr std::string_view user_prefix = "USER+";

std::optional<std::uint32_t> parse_number(std::string_view digits, int base) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string message_name(std::uint32_t message) {
  if (const auto name = find_name(messages, message)) return std::string(*name);
  if (message >= message::user) return fmt::format("{}{}", user_prefix, message - message::user);
  return fmt::format("0x{:X}", message);
}

std::optional<std::uint32_t> message_number(std::string_view name) {
  if (const auto value = find_value(messages, name)) return value;
  if (name.starts_with("0x")) return parse_number(name.substr(2), 16);
  if (!name.starts_with(user_prefix)) return std::nullopt;
  const auto offset = parse_number(name.substr(user_prefix.size()), 10);
  if (!offset || *offset > UINT32_MAX - message::user) return std::nullopt;
  return message::user + *offset;
}

}  // namespace mmio_cts
