#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "suite/cli/exit_code.h"
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
  int jobs = 0;          ///< 0: as many as there are processors
  double timeout = 5.0;  ///< seconds without progress after which a message counts as hanging

  void add_to(CLI::App& command);
};

/// Why something could not be judged, and the exit code that says so.
struct Refusal {
  ExitCode code;
  Error error;
};

/// Examines a library without loading it.
tl::expected<Candidate, Refusal> examine_candidate(const std::filesystem::path& library,
                                                   const std::optional<std::string>& procedure);

/// What judge_candidate and CaseRunner need for a candidate of that ABI. Scratch files go below the system's
/// folder for temporary files.
tl::expected<RunOptions, Refusal> run_options(const JudgingOptions& options, Abi abi);

/// Judges a candidate with progress on stderr; Ctrl-C ends it early with what was done until then.
tl::expected<CandidateRun, Refusal> judge_with_progress(const Candidate& candidate,
                                                        const std::vector<Case>& cases,
                                                        const Contract& contract, const RunOptions& options);

/// The exit code that the verdict of one candidate asks for.
ExitCode exit_code_of(const CandidateRun& run);

/// True once Ctrl-C was pressed or SIGTERM came.
bool is_interrupted();

}  // namespace mmio_cts
