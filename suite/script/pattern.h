#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <vector>

namespace mmio_cts {

using Bytes = std::vector<std::uint8_t>;

/// Bytes after which the ramp begins anew.
inline constexpr int ramp_period = 251;

/// The byte at `index` of the endless ramp: 1, 2, ... 251, 1, 2, ... The period is a prime, so that data read
/// from a wrong place of any usual block size differs, and 0 does not occur, so that a gap differs from data.
constexpr std::uint8_t ramp_byte(std::int64_t index) {
  return static_cast<std::uint8_t>(1 + index % ramp_period);
}

/// `size` bytes of the ramp from index `from` on. Neither is negative.
Bytes ramp(std::int64_t size, std::int64_t from = 0);

/// The bytes that a case describes as {"pattern": "ramp", "size": 100, "from": 28},
/// {"pattern": "fill", "value": 7, "size": 10}, {"pattern": "text", "text": "abc"}, or an array of those, one
/// after the other. `description` satisfies case.schema.json.
Bytes bytes_from(const nlohmann::json& description);

}  // namespace mmio_cts
