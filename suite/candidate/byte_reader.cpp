#include "suite/candidate/byte_reader.h"

#include <fmt/format.h>

#include <cstring>

namespace mmio_cts {

std::uint8_t ByteReader::u8(std::uint64_t offset, std::string_view what) {
  return static_cast<std::uint8_t>(integer(offset, 1, what));
}
std::uint16_t ByteReader::u16(std::uint64_t offset, std::string_view what) {
  return static_cast<std::uint16_t>(integer(offset, 2, what));
}
std::uint32_t ByteReader::u32(std::uint64_t offset, std::string_view what) {
  return static_cast<std::uint32_t>(integer(offset, 4, what));
}
std::uint64_t ByteReader::u64(std::uint64_t offset, std::string_view what) {
  return integer(offset, 8, what);
}

bool ByteReader::starts_with(std::string_view text, std::uint64_t offset) const {
  if (offset > size() || text.size() > size() - offset) return false;
  return std::memcmp(bytes_.data() + offset, text.data(), text.size()) == 0;
}

void ByteReader::require(std::uint64_t offset, std::uint64_t length, std::string_view what) {
  if (offset <= size() && length <= size() - offset) return;
  fail(fmt::format("offset 0x{:x}", offset),
       fmt::format("truncated or damaged: expected {} here ({} bytes), but the file ends at 0x{:x}", what,
                   length, size()));
}

void ByteReader::fail(std::string place, std::string message) {
  if (ok()) failure_ = Error{"", std::move(place), std::move(message)};
}

std::uint64_t ByteReader::integer(std::uint64_t offset, std::size_t length, std::string_view what) {
  if (offset > size() || length > size() - offset) {
    require(offset, length, what);
    return 0;
  }
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < length; ++i)
    value |= std::to_integer<std::uint64_t>(bytes_[offset + i]) << (8 * i);
  return value;
}

}  // namespace mmio_cts
