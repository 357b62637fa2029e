#include <fstream>
#include <iterator>
#include <memory>

#include "suite/cli/case_selection.h"
#include "suite/cli/command.h"
#include "suite/cli/console.h"
#include "suite/cli/judging.h"
#include "suite/cli/report_target.h"
#include "suite/report/shard_merge.h"

namespace mmio_cts {
namespace {

struct MergeArguments {
  std::vector<std::string> reports;
  std::vector<std::string> outputs;
  JudgingOptions judging;
};

ExitCode refuse(ExitCode code, const Error& error) {
  print_error(to_string(error));
  return code;
}

tl::expected<ReportText, Error> read_report(const std::string& file) {
  std::error_code error;
  std::ifstream stream;
  if (std::filesystem::is_regular_file(file, error)) stream.open(file, std::ios::binary);
  if (!stream.is_open()) return tl::unexpected(Error{file, "", "there is no report that can be read"});
  return ReportText{file, {std::istreambuf_iterator<char>(stream), {}}};
}

ExitCode merge(const MergeArguments& arguments) {
  const auto targets = parse_report_targets(arguments.outputs);
  if (!targets) return refuse(ExitCode::usage, targets.error());
  const Contract contract = Contract::embedded();
  std::vector<ReportText> reports;
  for (const std::string& file : arguments.reports) {
    auto report = read_report(file);
    if (!report) return refuse(ExitCode::usage, report.error());
    reports.push_back(std::move(*report));
  }
  auto cases = select_cases(arguments.judging.cases, {}, contract);
  if (!cases) return refuse(ExitCode::usage, cases.error());
  const auto merged = merge_shards(reports, std::move(*cases), contract,
                                   {MMIO_CTS_VERSION, contract_digest(), invocation_name()});
  if (!merged) return refuse(ExitCode::usage, merged.error());
  if (const auto wrong = check_targets(*targets, {&merged->run.candidate}))
    return refuse(wrong->code, wrong->error);
  ExitCode code = exit_code_of(merged->run);
  for (const Error& error : write_reports(merged->run, contract, *targets))
    code = worse(code, refuse(ExitCode::cannot_write_report, error));
  return code;
}

}  // namespace

void add_merge_command(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("merge", "Join the JSON reports of all shards of one run");
  auto arguments = std::make_shared<MergeArguments>();
  command->add_option("REPORT", arguments->reports, "Reports of `mmio-cts run --shard`, in any order")
      ->required()
      ->type_name("");
  add_output_option(*command, arguments->outputs);
  arguments->judging.add_cases_to(*command);
  command->callback([arguments, &action] { action = [arguments] { return merge(*arguments); }; });
}

}  // namespace mmio_cts
