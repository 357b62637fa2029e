#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "suite/contract/contract.h"
#include "suite/judge/case_judge.h"
#include "suite/run/candidate_run.h"
#include "suite/run/case_runner.h"
#include "suite/run/journal.h"
#include "suite/script/case.h"

namespace mmio_cts {

/// What was found wrong, in which way, in a process of its own: it needs no second look. Safe to use from
/// several threads.
class Confirmed {
 public:
  bool has_all(const std::vector<Violation>& violations) const;
  void add(const std::vector<Violation>& violations);

 private:
  mutable std::mutex mutex_;
  std::set<std::pair<std::string, std::string>> ways_;  // requirement and code
};

/// How a candidate is judged.
struct RunOptions {
  Edition edition = Edition::sdk_1992;
  Level level = Level::must;
  Manifest manifest;                  ///< an empty one if its owner has said nothing
  std::vector<Capability> required;   ///< whose lack is a failure
  bool selected = false;              ///< the cases are not all that there are
  int jobs = 1;                       ///< cases at the same time, each in a worker of its own
  std::optional<std::uint64_t> seed;  ///< cases are begun in an order that it gives; without it, in theirs
  std::optional<Shard> shard;         ///< only its share of the cases is run
  std::chrono::milliseconds step_timeout{5000};
  std::chrono::milliseconds case_timeout{60'000};
  Isolation isolation = Isolation::batch;
  std::filesystem::path worker;  ///< of the candidate's ABI
  std::filesystem::path scratch_root;
  std::string wine;                        ///< what runs a Windows worker; empty natively
  std::shared_ptr<const Sandbox> sandbox;  ///< holds `scratch_root`; none: workers may do anything
  Journal* journal = nullptr;              ///< has what an earlier run has seen, and gets what this one sees
  const Probed* known = nullptr;   ///< what the procedure is, from a probe elsewhere; else it is probed
  Confirmed* confirmed = nullptr;  ///< of earlier runs of this procedure; else it begins anew
  const std::atomic<bool>* stop = nullptr;  ///< set from outside: no further case is begun
  std::function<void(std::size_t done, std::size_t all)> progress;  ///< called from one thread at a time
};

/// Probes the candidate and runs every case (of the shard) that applies to it; those that do not are skipped
/// with the reason. `cases`, the whole selection, are in the order of their ids and outlive the result, which
/// refers to them. Never throws for what the candidate does; std::system_error if the host itself cannot go
/// on.
CandidateRun judge_candidate(const Candidate& candidate, const std::vector<Case>& cases,
                             const Contract& contract, const RunOptions& options);

/// Runs one case that is adapted to the candidate. What fails in a process that other
/// cases have used may be their doing: it is run again in a new one, unless it is wrong only in ways that are
/// confirmed.
CaseRun run_case(CaseRunner& runner, Case one, const JudgeSettings& settings, Confirmed& confirmed);

/// Frees the bytes of contents of an adapted case that was judged: nobody looks at them any more, and a
/// candidate may have many of its own.
void forget_contents(Case& one);

/// By what a candidate with that profile is judged.
JudgeSettings judge_settings(const Contract& contract, Edition edition, const Profile& profile);

RunnerSettings runner_settings(const Candidate& candidate, const RunOptions& options);

}  // namespace mmio_cts
