#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "suite/cli/subject.h"
#include "suite/contract/error.h"
#include "suite/run/candidate_run.h"

namespace CLI {
class App;
}

namespace mmio_cts {

/// One `--output FORMAT:PATH`. PATH "-" is stdout; {candidate}, {proc} and {abi} in it are filled in.
struct ReportTarget {
  std::string format;
  std::string path;
};

/// The option --output of a command.
void add_output_option(CLI::App& command, std::vector<std::string>& outputs);

/// Reads the option's texts. An error names the formats there are.
tl::expected<std::vector<ReportTarget>, Error> parse_report_targets(const std::vector<std::string>& texts);

/// The path for one candidate.
std::string path_for(const ReportTarget& target, const Candidate& candidate);

/// What is wrong with where the reports of these candidates are to go, if anything: two at one path, or one
/// that cannot be written. Makes folders, if need be.
std::optional<Refusal> check_targets(const std::vector<ReportTarget>& targets,
                                     const std::vector<const Candidate*>& candidates);

/// Writes all of `text` or nothing: a report that is there is complete.
tl::expected<void, Error> write_report(const std::string& path, const std::string& text);

/// Writes all reports of one run; the text to stdout, if none goes there. Gives those that could not be
/// written.
std::vector<Error> write_reports(const CandidateRun& run, const Contract& contract,
                                 const std::vector<ReportTarget>& targets);

}  // namespace mmio_cts
