// Reports of shards as somebody may have changed them; each line of the input is one.
#include <sstream>

#include "suite/contract/check_for_fuzz.h"
#include "suite/report/console_report.h"
#include "suite/report/example_run_for_test.h"
#include "suite/report/report_writer.h"
#include "suite/report/shard_merge.h"
#include "suite/script/json_mutation_for_fuzz.h"
#include "suite/script/schema.h"

using namespace mmio_cts;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Example example = failing_example();
  static const SuiteInfo suite = {"0.1.0", std::string(64, 'd'), "mmio-cts"};
  std::vector<ReportText> reports;
  std::istringstream lines(std::string(reinterpret_cast<const char*>(data), size));
  for (std::string line; std::getline(lines, line) && reports.size() < 4;)
    reports.push_back({"a.json", line});
  const auto merged = merge_shards(reports, example.cases, example.contract, suite);
  if (!merged) {
    require(reports.empty() || merged.error().file == "a.json", "an error names the file");
    require_one_clear_line(merged.error());
    return 0;
  }
  for (const CaseRun& one : merged->run.cases)
    for (const Violation& violation : one.judged.result.violations)
      require(example.contract.find(violation.requirement) != nullptr, "a row is blamed");
  // What was accepted can be told.
  const auto report = report_json(merged->run, example.contract, suite);
  require(!to_text(report).empty(), "the merged run has a report");
  require(!console_report(merged->run, example.contract, false, "mmio-cts").empty(), "and a summary");
  static const Schema schema(report_schema_text());
  require(!schema.check(nlohmann::json::parse(to_text(report))), "the merged report is by the schema");
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most,
                                               unsigned seed) {
  static const JsonMutator mutator(report_schema_text());
  return mutator.mutate_lines(data, size, most, seed);
}
