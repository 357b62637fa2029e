#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "suite/worker/os_calls.h"

namespace mmio_cts {

inline constexpr std::size_t longest_os_call_name = 64;

/// An OsCall that nothing is allocated for: it is made within a call of the system.
struct OsCallRecord {
  OsCallKind kind = OsCallKind::open;
  std::uint32_t file = 0;
  std::int64_t offset = -1, asked = 0, done = 0;
  std::int32_t status = 0;
  bool injected = false;
  std::array<char, longest_os_call_name> name{};  ///< ends in a zero
};

/// What is common to all systems about calls that are recorded and made to fail. By any number of threads,
/// and on Linux of processes that share its memory.
class OsCallRecorder {
 public:
  void begin() {
    count_ = 0;
    records_ = true;
  }

  bool is_recording() const { return records_; }

  /// A place for the call that is about to be made: `spare` if there is no room. Whoever tries again for ever
  /// must fail for ever. Only while recording.
  OsCallRecord& next(OsCallRecord& spare) {
    const std::uint32_t at = count_++;
    return at < calls_.size() ? calls_[at] : spare;
  }

  /// The number of a file that was opened: 0 while nothing is recorded.
  std::uint32_t next_file() { return records_ ? ++opened_ : 0; }

  void set(const std::optional<Fault>& fault) {
    fault_ = fault;
    calls_of_fault_ = 0;
  }

  const std::optional<Fault>& fault() const { return fault_; }

  /// Whether a call of that kind can meet the fault. What goes to no file that was opened under observation
  /// is none of the store's.
  bool could_meet(OsCallKind kind, std::uint32_t file, bool names_its_file) const {
    return fault_ && fault_->on == kind && (file != 0 || names_its_file);
  }

  /// A call that could meet the fault is at hand: whether it does.
  bool is_due() {
    const std::int64_t number = ++calls_of_fault_;
    return fault_->lasting ? number >= fault_->nth : number == fault_->nth;
  }

  /// Ends the recording: see take_os_calls.
  std::pair<std::vector<OsCall>, std::uint64_t> take();

  /// A new case: numbers of files begin anew, and nothing fails.
  void forget_files() {
    opened_ = 0;
    set(std::nullopt);
  }

 private:
  std::atomic<bool> records_ = false;
  std::atomic<std::uint32_t> count_ = 0;
  std::atomic<std::uint32_t> opened_ = 0;
  std::optional<Fault> fault_;
  std::atomic<std::int64_t> calls_of_fault_ = 0;  // of its kind, since it was set
  std::array<OsCallRecord, most_os_calls> calls_;
};

}  // namespace mmio_cts
