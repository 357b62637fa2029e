#pragma once

#include <span>
#include <string>
#include <string_view>

#include "suite/contract/contract.h"
#include "suite/run/candidate_run.h"

namespace mmio_cts {

/// What every format may want to know beside the run.
struct ReportContext {
  const Contract& contract;          ///< the one that the run was judged by
  std::string version;               ///< of the suite, e.g. "0.1.0"
  bool colour = false;               ///< text may hold ANSI colours
  std::string command = "mmio-cts";  ///< how a person starts the program, for the commands that are told
};

/// One way to write a report.
struct ReportFormat {
  std::string_view name;         ///< as in --output FORMAT:PATH
  std::string_view description;  ///< one line, for a list
  /// The whole document, ending in a newline: a pure function of its arguments.
  std::string (*write)(const CandidateRun& run, const ReportContext& context);
};

/// All formats. A new one is a pair of files and one line in report_writer.cpp.
std::span<const ReportFormat> report_formats();

/// Null if there is none of that name.
const ReportFormat* find_report_format(std::string_view name);

/// "json, text".
std::string report_format_names();

/// The published schema of format "json", reports/schema/report.schema.json.
std::string_view report_schema_text();

}  // namespace mmio_cts
