#include "suite/report/report_writer.h"

#include "suite/report/console_report.h"
#include "suite/report/json_report.h"

namespace mmio_cts {
namespace {

std::string write_json(const CandidateRun& run, const ReportContext& context) {
  return to_text(report_json(run, context.contract, {context.version, contract_digest(), context.command}));
}

std::string write_text(const CandidateRun& run, const ReportContext& context) {
  return console_report(run, context.contract, context.colour, context.command);
}

constexpr ReportFormat formats[] = {
    {"json", "the whole report, by reports/schema/report.schema.json", write_json},
    {"text", "a summary for a person, 100 columns wide", write_text},
};

}  // namespace

std::span<const ReportFormat> report_formats() { return formats; }

const ReportFormat* find_report_format(std::string_view name) {
  for (const ReportFormat& format : formats)
    if (format.name == name) return &format;
  return nullptr;
}

std::string report_format_names() {
  std::string names;
  for (const ReportFormat& format : formats) names += (names.empty() ? "" : ", ") + std::string(format.name);
  return names;
}

}  // namespace mmio_cts
