#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <vector>

#include "suite/worker/guarded_pages.h"

namespace mmio_cts {

/// Memory that is handed to the procedure, in high memory, for one message after the other. Without guard
/// pages it lies between two areas whose bytes are known; with them each message gets memory of its own, and
/// what an earlier one got must not be touched.
class GuardedBuffer {
 public:
  static constexpr std::uint8_t fill = 0xFD;
  static constexpr std::size_t guard_before = 256;
  static constexpr std::size_t guard_after = 4096;

  explicit GuardedBuffer(Guard guard = Guard::none) : guard_(guard) {}

  /// `size` bytes, each of them and of what lies around them set to `fill`. What was handed out before is no
  /// longer valid. Throws std::bad_alloc.
  std::span<std::uint8_t> prepare(std::size_t size, Touched what);

  /// With guard pages, what was handed out last can only be read from now on.
  void make_read_only();

  /// The message is over. Overwrites what was handed out last, as a caller does who uses his memory for
  /// something else; with guard pages it becomes inaccessible.
  void spoil();

  std::span<std::uint8_t> bytes() const;

  /// How far from the buffer the bytes around it are not what they were: +n bytes behind its end, -n bytes
  /// before its start (if not also behind its end), 0 if they are untouched.
  std::int64_t overrun() const;

  /// The index of the first byte that is not `fill`, from `from` on, or -1.
  std::int64_t first_change(std::size_t from) const;

 private:
  // The bytes around those handed out.
  std::span<const std::uint8_t> before() const;
  std::span<const std::uint8_t> behind() const;

  Guard guard_;
  HighMemory memory_;  // without guard pages
  // What was too small: a pointer that the procedure kept is noticed by what it reads there, not by a crash.
  std::vector<HighMemory> outgrown_;
  std::size_t size_ = 0;
  std::deque<std::unique_ptr<GuardedPages>> pages_;  // with them: the last one is handed out
};

}  // namespace mmio_cts
