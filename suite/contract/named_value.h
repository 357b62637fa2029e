#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace mmio_cts {

/// A constant of <mmsystem.h> and its name without the common prefix.
struct NamedValue {
  std::string_view name;
  std::uint32_t value;
};

constexpr std::optional<std::string_view> find_name(std::span<const NamedValue> table, std::uint32_t value) {
  for (const NamedValue& entry : table)
    if (entry.value == value) return entry.name;
  return std::nullopt;
}

constexpr std::optional<std::uint32_t> find_value(std::span<const NamedValue> table, std::string_view name) {
  for (const NamedValue& entry : table)
    if (entry.name == name) return entry.value;
  return std::nullopt;
}

}  // namespace mmio_cts
