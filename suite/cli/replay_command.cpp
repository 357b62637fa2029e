#include <fmt/format.h>

#include "suite/cli/case_selection.h"
#include "suite/cli/command.h"
#include "suite/cli/console.h"
#include "suite/cli/judging.h"
#include "suite/report/replay_report.h"
#include "suite/run/probe.h"

namespace mmio_cts {
namespace {

struct ReplayArguments {
  std::string id;
  std::string library;
  std::optional<std::string> procedure;
  JudgingOptions judging;
};

ExitCode refuse(const Refusal& refusal) {
  print_error(to_string(refusal.error));
  return refusal.code;
}

ExitCode verdict_code(const CaseResult& result, const Contract& contract, Level level) {
  if (result.end == CaseEnd::error) return ExitCode::suite_failure;
  if (result.end == CaseEnd::skipped) return ExitCode::nothing_tested;
  for (const Violation& violation : result.violations)
    if (contract.find(violation.requirement)->level <= level) return ExitCode::not_conformant;
  return ExitCode::conformant;
}

ExitCode replay(const ReplayArguments& arguments) {
  const Contract contract = Contract::embedded();
  const auto cases = select_cases(arguments.judging.cases, {}, contract);
  if (!cases) return refuse({ExitCode::usage, cases.error()});
  const Case* chosen = nullptr;
  for (const Case& one : *cases)
    if (one.id == arguments.id) chosen = &one;
  if (chosen == nullptr)
    return refuse(
        {ExitCode::usage, {arguments.id, "", "no case has this id; `mmio-cts list cases` shows them"}});

  const auto candidate = examine_candidate(arguments.library, arguments.procedure);
  if (!candidate) return refuse(candidate.error());
  const auto options = run_options(arguments.judging, candidate->abi);
  if (!options) return refuse(options.error());

  CaseRunner runner(runner_settings(*candidate, *options));
  const InferredCapabilities capabilities = probe(runner, contract);
  if (!capabilities.load_error.empty())
    return refuse({ExitCode::cannot_load, {candidate->library.string(), "", capabilities.load_error}});
  Confirmed confirmed;
  const CaseRun run = run_case(runner, *chosen, {contract, options->edition, capabilities.set}, confirmed);
  print(replay_text(run, contract, wants_colour()));
  return verdict_code(run.judged.result, contract, Level::must);
}

}  // namespace

void add_replay_command(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("replay", "Run one case and show every step of it");
  auto arguments = std::make_shared<ReplayArguments>();
  command->add_option("CASE", arguments->id, "Id of the case")->required()->type_name("");
  command->add_option("CANDIDATE", arguments->library, "Library: .so, .dll")->required()->type_name("");
  command->add_option("--proc", arguments->procedure, "Exported name of the procedure, or #ordinal")
      ->type_name("NAME");
  arguments->judging.add_to(*command);
  command->callback([arguments, &action] { action = [arguments] { return replay(*arguments); }; });
}

}  // namespace mmio_cts
