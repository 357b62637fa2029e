#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string_view>

namespace mmio_cts {

/// Text in a buffer of its own, cut where that is full: a crashed process must not allocate.
class FixedText {
 public:
  FixedText& operator<<(std::string_view text) {
    const std::size_t count = std::min(text.size(), buffer_.size() - size_);
    std::copy_n(text.data(), count, buffer_.data() + size_);
    size_ += count;
    return *this;
  }

  /// "0xC0000005", in lower case unless told otherwise.
  FixedText& hex(std::uintptr_t value, bool upper_case = false) {
    std::array<char, 16> digits;
    char* end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16).ptr;
    if (upper_case)
      std::transform(digits.data(), end, digits.data(), [](char c) { return c >= 'a' ? c - 32 : c; });
    return *this << "0x" << std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data()));
  }

  std::string_view view() const { return {buffer_.data(), size_}; }

 private:
  std::array<char, 160> buffer_;
  std::size_t size_ = 0;
};

}  // namespace mmio_cts
