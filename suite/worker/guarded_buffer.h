#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "suite/worker/high_memory.h"

namespace mmio_cts {

/// A buffer between two guard areas whose bytes are known, in high memory. It is used for one message after
/// the other.
class GuardedBuffer {
 public:
  static constexpr std::uint8_t fill = 0xFD;
  static constexpr std::size_t guard_before = 256;
  static constexpr std::size_t guard_after = 4096;

  /// `size` bytes, each of them and of the guards set to `fill`. What was handed out before is no longer
  /// valid. Throws std::bad_alloc.
  std::span<std::uint8_t> prepare(std::size_t size);

  /// Overwrites what was handed out last, as a caller does who uses his memory for something else.
  void spoil();

  std::span<std::uint8_t> bytes() const { return memory_.bytes().subspan(guard_before, size_); }

  /// How far from the buffer the guards are not what they were: +n bytes behind its end, -n bytes before its
  /// start (if not also behind its end), 0 if they are untouched.
  std::int64_t overrun() const;

  /// The index of the first byte that is not `fill`, from `from` on, or -1.
  std::int64_t first_change(std::size_t from) const;

 private:
  HighMemory memory_;
  std::size_t size_ = 0;
};

}  // namespace mmio_cts
