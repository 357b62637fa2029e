#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "suite/candidate/manifest.h"
#include "suite/cli/exit_code.h"
#include "suite/contract/contract.h"

namespace CLI {
class App;
}

namespace mmio_cts {

/// A candidate and what its owner says of it: what `run`, `replay` and `probe` work on.
struct Subject {
  Candidate candidate;
  Manifest manifest;
};

/// Why something could not be judged, and the exit code that says so.
struct Refusal {
  ExitCode code;
  Error error;
};

/// The options that say more of a candidate than its library.
struct SubjectOptions {
  std::filesystem::path manifest;
  std::vector<std::string> open;

  void add_to(CLI::App& command);
};

/// Examines a candidate without loading it. `candidate` is a library or a manifest (.json) that names one;
/// empty if the manifest among the options does. A `procedure` that is named goes before the manifest's.
tl::expected<Subject, Refusal> find_subject(const std::string& candidate,
                                            const std::optional<std::string>& procedure,
                                            const SubjectOptions& options, const Contract& contract);

}  // namespace mmio_cts
