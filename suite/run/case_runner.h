#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "suite/candidate/adapter_functions.h"
#include "suite/candidate/reach.h"
#include "suite/contract/abi.h"
#include "suite/run/sandbox.h"
#include "suite/script/case.h"
#include "suite/trace/observation.h"

namespace mmio_cts {

/// How many cases share a process where one can serve several, as on Windows. On Linux each has its own.
enum class Isolation {
  batch,     ///< many, until one ends badly
  each_case  ///< none: a worker for each
};

struct RunnerSettings {
  std::filesystem::path worker;        ///< build/bin/<abi>/mmio-cts-worker[.exe]
  std::filesystem::path scratch_root;  ///< an existing folder; the runner makes one of its own in it
  Abi abi = Abi::linux_x64;
  std::filesystem::path library;
  Reach reach;
  std::filesystem::path adapter;  ///< the library of its functions; may be `library`, or empty
  AdapterFunctions adapter_functions;
  std::vector<std::filesystem::path> files;        ///< copied into the directory of each case
  std::chrono::milliseconds step_timeout{5000};    ///< without any progress: of a message, a load, an unload
  std::chrono::milliseconds case_timeout{60'000};  ///< of a whole case, whatever it does
  Isolation isolation = Isolation::batch;
  std::string wine;                        ///< what runs a Windows worker, by path; empty natively
  std::shared_ptr<const Sandbox> sandbox;  ///< holds `scratch_root`; none: workers may do anything
};

/// Runs cases against one candidate, one after the other, and brings home what was seen. A worker process is
/// started when the first message is due and kept as long as it is in order.
///
/// Not for use by two threads at once; any number of runners may work side by side.
class CaseRunner {
 public:
  /// Makes the runner's folder. Throws std::system_error.
  explicit CaseRunner(RunnerSettings settings);

  /// Ends the worker with all processes of its group, and removes the runner's folder.
  ~CaseRunner();

  CaseRunner(const CaseRunner&) = delete;
  CaseRunner& operator=(const CaseRunner&) = delete;

  /// The complete trace in step order. A case that did not come to its end has an EndObservation last, or a
  /// PrepareObservation with a reason why its state cannot be had here. The case gets an empty scratch
  /// directory of its own, which is the procedure's working directory, and which is gone when this returns.
  /// Throws std::system_error if the host itself fails (no disk space, no process).
  Trace run(const Case& instance);

  /// Whether the last case shared its process with earlier ones: what failed in it deserves another try in a
  /// new one. On Linux, where each case has its own, it is so only if the worker above those failed.
  bool used() const;

  /// Ends the worker; the next case starts a new one.
  void replace_worker();

  /// The library could not be unloaded after some case (trait `never_unloads`; Windows only).
  bool module_stays() const;

  /// What the candidate printed in the last case, from its beginning; 64 KiB at most.
  std::string captured_output() const;

 private:
  class Run;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mmio_cts
