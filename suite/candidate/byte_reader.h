#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "suite/contract/error.h"

namespace mmio_cts {

/// Little-endian integers out of bytes that nobody vouches for. A read outside the bytes answers 0, and the
/// first such is remembered, so that a parser checks `ok` once per table rather than once per read.
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  std::span<const std::byte> bytes() const { return bytes_; }
  std::uint64_t size() const { return bytes_.size(); }
  bool ok() const { return !failure_; }
  const std::optional<Error>& failure() const { return failure_; }

  /// `offset` is from the first byte; `what` names what is expected there, for the failure's message.
  std::uint8_t u8(std::uint64_t offset, std::string_view what);
  std::uint16_t u16(std::uint64_t offset, std::string_view what);
  std::uint32_t u32(std::uint64_t offset, std::string_view what);
  std::uint64_t u64(std::uint64_t offset, std::string_view what);

  /// Whether `text` stands at `offset`; false, and no failure, if the bytes end before.
  bool starts_with(std::string_view text, std::uint64_t offset = 0) const;

  /// Demands that bytes `offset` to `offset + size` exist.
  void require(std::uint64_t offset, std::uint64_t size, std::string_view what);

  /// Remembers a failure, unless there was one before. `place` is as in Error.
  void fail(std::string place, std::string message);

 private:
  std::uint64_t integer(std::uint64_t offset, std::size_t size, std::string_view what);

  std::span<const std::byte> bytes_;
  std::optional<Error> failure_;
};

}  // namespace mmio_cts
