#include <fmt/format.h>

#include "suite/cli/case_selection.h"
#include "suite/cli/command.h"
#include "suite/cli/console.h"
#include "suite/cli/judging.h"
#include "suite/report/replay_report.h"
#include "suite/run/plan.h"
#include "suite/run/sweep.h"

namespace mmio_cts {
namespace {

struct ReplayArguments {
  std::string id;
  std::string candidate;
  std::optional<std::string> procedure;
  SubjectOptions subject;
  JudgingOptions judging;
  bool os_calls = false;
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

// "a@size=2, a@size=3" for "a"; empty if there is none.
std::string instances_of(const std::string& id, const std::vector<Case>& cases) {
  std::string list;
  for (const Case& one : cases)
    if (one.id.starts_with(id + "@")) list += (list.empty() ? "" : ", ") + one.id;
  return list;
}

ExitCode replay(const ReplayArguments& arguments) {
  const Contract contract = Contract::embedded();
  const auto cases = select_cases(arguments.judging.cases, {}, contract);
  if (!cases) return refuse({ExitCode::usage, cases.error()});
  const Case* chosen = nullptr;
  for (const Case& one : *cases)
    if (one.id == arguments.id) chosen = &one;
  if (const std::string instances = chosen == nullptr ? instances_of(arguments.id, *cases) : "";
      !instances.empty())
    return refuse({ExitCode::usage, {arguments.id, "", "say which instance: " + instances}});
  if (chosen == nullptr)
    return refuse(
        {ExitCode::usage, {arguments.id, "", "no case has this id; `mmio-cts list cases` shows them"}});

  const auto found =
      probe_subject(arguments.candidate, arguments.procedure, arguments.subject, arguments.judging, contract);
  if (!found) return refuse(found.error());
  const Profile& profile = found->probed.profile;
  auto adapted = adapt(*chosen, profile, found->subject.candidate.abi, contract);
  if (!adapted) return refuse({ExitCode::nothing_tested, {chosen->id, "", "skipped: " + adapted.error()}});
  if (arguments.os_calls) adapted->observes_os_calls = true;
  Confirmed confirmed;
  const auto run_one = [&](Case one) {
    return run_case(*found->runner, std::move(one), judge_settings(contract, found->options.edition, profile),
                    confirmed);
  };
  const CaseRun run = adapted->sweeps() ? run_sweep(*adapted, run_one) : run_one(std::move(*adapted));
  print(replay_text(run, contract, wants_colour()));
  return verdict_code(run.judged.result, contract, Level::must);
}

}  // namespace

void add_replay_command(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("replay", "Run one case and show every step of it");
  auto arguments = std::make_shared<ReplayArguments>();
  command->add_option("CASE", arguments->id, "Id of the case")->required()->type_name("");
  command->add_option("CANDIDATE", arguments->candidate, "Library: .so, .dll; or a manifest: .json")
      ->type_name("");
  command->add_option("--proc", arguments->procedure, "Exported name of the procedure, or #ordinal")
      ->type_name("NAME");
  arguments->subject.add_to(*command);
  arguments->judging.add_to(*command);
  command->add_flag("--os-calls", arguments->os_calls,
                    "Show also what it asks of the system about files during each message");
  command->callback([arguments, &action] { action = [arguments] { return replay(*arguments); }; });
}

}  // namespace mmio_cts
