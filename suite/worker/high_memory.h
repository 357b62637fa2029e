#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace mmio_cts {

/// Zeroed pages of their own. Where pointers have 64 bits they lie above 4 GiB, so that a procedure that
/// keeps half of a pointer is found out (requirements ABI-04, ABI-11).
class HighMemory {
 public:
  HighMemory() = default;
  /// `size` is positive. Throws std::bad_alloc.
  explicit HighMemory(std::size_t size);
  ~HighMemory();
  HighMemory(HighMemory&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  HighMemory& operator=(HighMemory&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }

  std::span<std::uint8_t> bytes() const { return bytes_; }

 private:
  std::span<std::uint8_t> bytes_;
};

}  // namespace mmio_cts
