#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "suite/contract/error.h"
#include "suite/run/candidate_run.h"

namespace mmio_cts {

/// One `--output FORMAT:PATH`. PATH "-" is stdout; {candidate}, {proc} and {abi} in it are filled in.
struct ReportTarget {
  std::string format;
  std::string path;
};

/// Reads the option's text. An error names the formats there are.
tl::expected<ReportTarget, Error> parse_report_target(const std::string& text);

/// The path for one candidate.
std::string path_for(const ReportTarget& target, const Candidate& candidate);

/// Makes sure, before a long run, that a report can be written there: makes its folder, if need be.
tl::expected<void, Error> check_writable(const std::string& path);

/// Writes all of `text` or nothing: a report that is there is complete.
tl::expected<void, Error> write_report(const std::string& path, const std::string& text);

}  // namespace mmio_cts
