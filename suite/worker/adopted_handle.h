#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace mmio_cts {

/// A file that the worker has opened so that a procedure may adopt it (OP-16): a descriptor, or a HANDLE on
/// Windows. The destructor closes it if nobody else has.
class AdoptedHandle {
 public:
  /// Opens `name` with the rights of MMIO_READ, MMIO_WRITE or MMIO_READWRITE in `flags`, made and emptied
  /// with MMIO_CREATE; with full sharing, at its start. None if the system refuses.
  static std::optional<AdoptedHandle> open(const std::string& name, std::uint32_t flags);

  AdoptedHandle(AdoptedHandle&& other) noexcept : number_(other.number_), file_(other.file_) {
    other.number_ = none;
  }
  AdoptedHandle& operator=(AdoptedHandle&& other) noexcept {
    std::swap(number_, other.number_);
    std::swap(file_, other.file_);
    return *this;
  }
  ~AdoptedHandle();

  /// What adwInfo[0] gets.
  std::uint32_t number() const { return static_cast<std::uint32_t>(number_); }

  /// Whether it still is the same open file: not closed, and not another one of that number.
  bool is_open() const;

 private:
  static constexpr std::intptr_t none = -1;

  explicit AdoptedHandle(std::intptr_t number);

  std::intptr_t number_;
  std::array<std::uint64_t, 2> file_ = {};  // volume and number of the file
};

}  // namespace mmio_cts
