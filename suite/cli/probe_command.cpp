#include "suite/cli/command.h"
#include "suite/cli/console.h"
#include "suite/cli/judging.h"
#include "suite/report/json_report.h"
#include "suite/report/manifest_json.h"
#include "suite/report/probe_report.h"

namespace mmio_cts {
namespace {

struct ProbeArguments {
  std::string candidate;
  std::optional<std::string> procedure;
  SubjectOptions subject;
  JudgingOptions judging;
  bool json = false;
};

ExitCode probe_candidate(const ProbeArguments& arguments) {
  const auto found = probe_subject(arguments.candidate, arguments.procedure, arguments.subject,
                                   arguments.judging, Contract::embedded());
  if (!found) {
    print_error(to_string(found.error().error));
    return found.error().code;
  }
  const auto& [subject, options, runner, probed] = *found;
  if (arguments.json)
    print(to_text(manifest_json(subject.candidate, subject.manifest, probed)));
  else
    print(probe_report(subject.candidate, subject.manifest, probed, wants_colour()));
  // What only crashed is told, and is no candidate that could be opened.
  return probed.opened ? ExitCode::conformant : ExitCode::cannot_load;
}

}  // namespace

void add_probe_command(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("probe", "Find out what a library is and what its procedure can do");
  auto arguments = std::make_shared<ProbeArguments>();
  command->add_option("CANDIDATE", arguments->candidate, "Library: .so, .dll; or a manifest: .json")
      ->type_name("");
  command->add_option("--proc", arguments->procedure, "Exported name of the procedure, or #ordinal")
      ->type_name("NAME");
  command->add_flag("--json", arguments->json, "Only the manifest that says what was found out");
  arguments->subject.add_to(*command);
  arguments->judging.add_worker_to(*command);
  command->callback([arguments, &action] { action = [arguments] { return probe_candidate(*arguments); }; });
}

}  // namespace mmio_cts
