#pragma once

#include <array>
#include <cstddef>
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

/// The byte at `index` of what the worker leaves in the caller's memory once a message is over. A procedure
/// that keeps a pointer finds it there (requirement IP-12); no two neighbours of it stand in data of a case,
/// and as a name it is short.
constexpr std::uint8_t spoilt_byte(std::size_t index) {
  constexpr std::array<std::uint8_t, 4> period = {0xFD, 0x00, 0xFE, 0x00};
  return period[index % period.size()];
}

/// True if `bytes` goes on from `at` as spoilt memory does, by as many bytes as it takes to be sure.
bool is_spoilt(const Bytes& bytes, std::size_t at);

/// `bytes`, a number from outside. Throws std::invalid_argument unless it is between 0 and 64 MiB.
std::int64_t data_size(std::int64_t bytes);

/// The bytes that a case describes as {"pattern": "ramp", "size": 100, "from": 28},
/// {"pattern": "fill", "value": 7, "size": 10}, {"pattern": "text", "text": "abc"}, or an array of those, one
/// after the other. `description` satisfies case.schema.json. Throws as data_size does.
Bytes bytes_from(const nlohmann::json& description);

}  // namespace mmio_cts
