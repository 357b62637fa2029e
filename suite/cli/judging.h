#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "suite/cli/case_selection.h"
#include "suite/cli/exit_code.h"
#include "suite/cli/subject.h"
#include "suite/contract/contract.h"
#include "suite/contract/error.h"
#include "suite/run/judge_candidate.h"

namespace CLI {
class App;
}

namespace mmio_cts {

/// The options that `run`, `replay` and `selftest` share.
struct JudgingOptions {
  std::string edition = "sdk-1992";
  std::string level = "must";
  std::filesystem::path cases;  ///< folder
  std::vector<std::string> filter;
  bool sweep = false;                 ///< also the cases of a sweep
  std::vector<std::string> require;   ///< names of capabilities whose lack is a failure
  int jobs = 0;                       ///< 0: as many as there are processors
  std::optional<std::uint64_t> seed;  ///< of the order of the cases; in that of their ids without it
  std::optional<Shard> shard;         ///< only its share of the cases
  double timeout = 5.0;               ///< seconds without progress after which a message counts as hanging
  double case_timeout = 60.0;         ///< seconds after which a case does, whatever it does
  std::string isolation = "batch";    ///< or "case"
  std::string sandbox = "auto";       ///< name of a SandboxMode
  std::shared_ptr<Sandboxes> sandboxes = std::make_shared<Sandboxes>();

  Sweeps sweeps() const { return sweep ? Sweeps::taken : Sweeps::left_out; }

  void add_to(CLI::App& command);
  /// Which cases are run, alone.
  void add_sweep_to(CLI::App& command);
  /// The option that says where the cases are, alone.
  void add_cases_to(CLI::App& command);
  /// Those about the worker's process, alone.
  void add_worker_to(CLI::App& command);
};

/// What judge_candidate and CaseRunner need for a candidate. Scratch files go below the system's
/// folder for temporary files. Refuses where the sandbox is required and cannot be had.
tl::expected<RunOptions, Refusal> run_options(const JudgingOptions& options, const Subject& subject);

/// From now on Ctrl-C and SIGTERM end a run early; the second one ends the program.
void end_early_on_signals();

/// Judges a candidate.
tl::expected<CandidateRun, Refusal> judge(const Candidate& candidate, const std::vector<Case>& cases,
                                          const Contract& contract, const RunOptions& options);

/// Judges a candidate with progress on stderr; Ctrl-C ends it early with what was done until then.
tl::expected<CandidateRun, Refusal> judge_with_progress(const Candidate& candidate,
                                                        const std::vector<Case>& cases,
                                                        const Contract& contract, const RunOptions& options);

/// A candidate that has been probed, and a worker that is ready for its cases.
struct ProbedSubject {
  Subject subject;
  RunOptions options;
  std::unique_ptr<CaseRunner> runner;
  Probed probed;
};

/// Finds, loads and probes a candidate; refuses one that cannot be loaded, or with which nothing can be
/// opened.
tl::expected<ProbedSubject, Refusal> probe_subject(const std::string& candidate,
                                                   const std::optional<std::string>& procedure,
                                                   const SubjectOptions& subject_options,
                                                   const JudgingOptions& judging, const Contract& contract);

/// Why a candidate with which nothing could be opened is not judged, and the way out.
std::string why_not_opened(const Candidate& candidate, const Probed& probed);

/// The exit code that the verdict of one candidate asks for. That of a shard is about violations in its own
/// cases alone: it is never nothing_tested or stale_known_failure.
ExitCode exit_code_of(const CandidateRun& run);

/// True once Ctrl-C was pressed or SIGTERM came.
bool is_interrupted();

}  // namespace mmio_cts
