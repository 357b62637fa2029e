#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "suite/run/case_runner.h"
#include "suite/run/shared_file.h"
#include "suite/run/worker_process.h"
#include "suite/trace/trace_file.h"

namespace mmio_cts {

/// A worker, its trace and its captured output; started when it is first asked for something.
class WorkerClient {
 public:
  /// `folder` exists and is the worker's own. Throws std::system_error.
  WorkerClient(const RunnerSettings& settings, const std::filesystem::path& folder);

  /// A new case is at hand: its time begins with the first frames for it.
  void begin_case();

  /// What the answers of this case have, and is to be in its "begin" frame.
  std::uint64_t number() const { return number_; }

  /// Sends `frames` and waits for an answer of the kind `last`. None if it came; otherwise how the case
  /// ended, without its step.
  std::optional<EndObservation> ask(const std::vector<nlohmann::json>& frames, std::string_view last);

  /// Starts a worker unless there is one. None if it is there.
  std::optional<EndObservation> start();

  /// Takes what the trace has got since the last call, and says which step was begun and not ended. Only
  /// while the worker has nothing to do. `step` is the last one it was asked for: damage that nobody knows
  /// the time of is put down to it.
  StoredTrace take_records(std::uint32_t step);

  /// The worker is to end its process, or that of its case, without any order; it has done so on return.
  std::optional<EndObservation> abandon_case();

  /// Ends the process, if there is one.
  void discard();

  /// Forgets a process that ended while nothing was asked of it: what a candidate left behind may do that to
  /// the next case's worker.
  void discard_if_gone();

  /// False if somebody has removed the file, or put another in its place: no worker could be started any
  /// more.
  bool has_its_trace() const;

  void forget_output();
  std::string output() const;

  /// How many libraries the process that serves the case has loaded in its life.
  int loads() const { return loads_; }
  bool is_running() const { return process_ != nullptr; }
  /// Whether in this case the worker itself failed, or did not even begin to load the library: where a case
  /// has a process of its own, an earlier one may have done that to the worker.
  bool has_failed() const { return has_failed_; }
  bool module_stays() const { return module_stays_; }
  /// Of the process that performs the steps: known after "ready".
  std::int64_t case_pid() const { return case_pid_; }
  /// Whether permission bits hold for the procedure; if not, why. After `start`.
  std::string why_permissions_do_not_hold() const;

 private:
  std::optional<EndObservation> start_process();
  std::optional<EndObservation> wait_for(std::string_view last, std::chrono::milliseconds patience);
  std::optional<EndObservation> note(const nlohmann::json& frame);
  std::string ended_by(int signal) const;
  EndObservation end(EndObservation::Kind kind, std::string what) const;
  bool has_output() const;
  std::optional<EndObservation> note_unless_forged(const nlohmann::json& frame, std::string_view last);
  EndObservation forged();
  EndObservation hang(std::string what);

  const RunnerSettings& settings_;
  std::filesystem::path trace_path_, capture_path_;
  SharedFile trace_;
  std::random_device random_;
  std::unique_ptr<WorkerProcess> process_;
  std::string_view phase_;  ///< what the worker is doing if no message is pending: "while ..."; or empty
  bool ends_ = false;       ///< it was told to end the case
  bool has_failed_ = false;
  std::uint64_t number_ = 0;
  std::optional<std::uint64_t> told_used_;                         ///< bytes that the trace must have by now
  std::optional<std::chrono::steady_clock::time_point> deadline_;  ///< of the case
  std::int64_t case_pid_ = 0;
  int loads_ = 0;
  bool obeys_permissions_ = false;
  bool module_stays_ = false;
};

}  // namespace mmio_cts
