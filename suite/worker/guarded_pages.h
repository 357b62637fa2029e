#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "suite/script/guard.h"
#include "suite/trace/observation.h"
#include "suite/worker/high_memory.h"

namespace mmio_cts {

/// Memory between two areas that nobody may touch; it ends at one of them or begins at the other. A fault in
/// there, or in memory that has been taken back, can be told from any other.
class GuardedPages {
 public:
  /// `guard` is not none. All bytes, and the slack, are set to `fill`. Throws std::bad_alloc.
  GuardedPages(std::size_t size, Guard guard, Touched what, std::uint8_t fill);
  ~GuardedPages();
  GuardedPages(const GuardedPages&) = delete;
  GuardedPages& operator=(const GuardedPages&) = delete;

  std::span<std::uint8_t> bytes() const { return bytes_; }
  /// What is left of the accessible pages: before the bytes if they end at a guard page, else behind them.
  std::span<std::uint8_t> slack() const { return slack_; }

  void make_read_only();
  /// The message is over: nothing of this is to be touched any more.
  void take_back();

  /// What an access to `address` that faulted touched; none if it is no memory of a GuardedPages. Allocates
  /// nothing and takes no lock: for signal and exception handlers.
  static TouchObservation find(const void* address, bool writes);

 private:
  bool holds(const std::uint8_t* address) const;
  TouchObservation describe(const std::uint8_t* address, bool writes) const;

  std::shared_ptr<const HighMemory> block_;
  std::span<std::uint8_t> whole_;  // the part of the block with both guards
  std::span<std::uint8_t> pages_;  // those between the guards
  std::span<std::uint8_t> bytes_;
  std::span<std::uint8_t> slack_;
  Touched what_;
  bool taken_back_ = false;
  GuardedPages* next_;  // of all that there are
};

}  // namespace mmio_cts
