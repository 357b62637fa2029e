#pragma once

#include <atomic>
#include <string_view>

#include "suite/trace/trace_file.h"

namespace mmio_cts {

/// What a worker writes down of one case. Some room of the trace is kept for its end, so that a case never
/// ends without a word.
class CaseTrace {
 public:
  /// `memory` is a trace whose header has been written. It outlives this object.
  explicit CaseTrace(std::span<std::byte> memory);

  /// What the worker is doing, for the text of a crash: "while the library was loaded"; empty during a call.
  /// The text is not copied. `others`: it is not the candidate that is at work, so a crash is not its own.
  void set_phase(std::string_view phase, bool others = false) {
    if (others || others_) all_.begin_others(others);
    phase_ = phase;
    others_ = others;
  }

  /// `step` comes next; a load or an unload belongs to it as well.
  void set_step(std::uint32_t step) { std::get<EndObservation>(end_).step = step; }

  /// The call of `step` is about to be made.
  void begin(std::uint32_t step);

  /// False if there was no room left; then the case has ended with a suite_error. False also if somebody else
  /// wrote into the trace; then it has ended with that as the candidate's crash.
  bool append(Observation observation);

  /// Whoever reads the trace may have emptied it since the last message.
  void go_on() { used_ = all_.used() == 0 ? 0 : used_; }

  /// How many bytes of records there must be.
  std::uint64_t used() const { return used_; }

  /// Nothing comes after this; only the first end counts, also of two threads. Allocates nothing: for signal
  /// and exception handlers. Texts are cut after 200 bytes. False if it could not be recorded.
  bool end(EndObservation::Kind kind, std::string_view what, std::string_view where = {});

  /// The procedure touched what it must not; its end comes next. Allocates nothing. Does nothing if `touch`
  /// is of nothing, or somebody else is at work.
  void touched(TouchObservation touch);

 private:
  bool is_damaged();

  TraceWriter messages_;
  TraceWriter all_;
  std::string_view phase_;
  bool others_ = false;
  Observation end_;  // made in advance, because a crashed process must not allocate
  std::atomic<bool> ended_ = false;
  std::atomic<bool> end_is_told_ = false;
  std::uint64_t used_ = 0;  // what the trace itself says of that the candidate can change
};

}  // namespace mmio_cts
