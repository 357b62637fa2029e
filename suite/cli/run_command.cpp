#include <fmt/format.h>

#include <set>

#include "suite/cli/case_selection.h"
#include "suite/cli/command.h"
#include "suite/cli/console.h"
#include "suite/cli/judging.h"
#include "suite/cli/report_target.h"
#include "suite/report/report_writer.h"

namespace mmio_cts {
namespace {

struct RunArguments {
  std::vector<std::string> candidates;
  std::vector<std::string> procedures;
  std::vector<std::string> outputs;
  SubjectOptions subject;
  JudgingOptions judging;
};

class Runner {
 public:
  explicit Runner(const RunArguments& arguments) : arguments_(arguments), contract_(Contract::embedded()) {}

  ExitCode run() {
    if (!read_targets()) return ExitCode::usage;
    const auto cases = select_cases(arguments_.judging.cases, arguments_.judging.filter, contract_);
    if (!cases) return refuse({ExitCode::usage, cases.error()});
    if (cases->empty())
      return refuse(
          {ExitCode::nothing_tested, {"", "", "no case is selected; `mmio-cts list cases` shows their ids"}});

    ExitCode worst = examine_all();
    if (!check_paths(worst)) return worst;
    for (const Subject& subject : subjects_) {
      if (is_interrupted()) break;
      worst = worse(worst, judge(subject, *cases));
    }
    return worst;
  }

 private:
  ExitCode refuse(const Refusal& refusal) {
    print_error(to_string(refusal.error));
    return refusal.code;
  }

  bool read_targets() {
    for (const std::string& text : arguments_.outputs) {
      const auto target = parse_report_target(text);
      if (!target) {
        print_error(to_string(target.error()));
        return false;
      }
      targets_.push_back(*target);
    }
    return true;
  }

  // All candidates are looked at before the first is judged: a wrong name is told at once.
  ExitCode examine_all() {
    ExitCode worst = ExitCode::conformant;
    std::vector<std::optional<std::string>> procedures(arguments_.procedures.begin(),
                                                       arguments_.procedures.end());
    if (procedures.empty()) procedures.push_back(std::nullopt);
    std::set<std::string> told;
    std::vector<std::string> candidates = arguments_.candidates;
    if (candidates.empty()) candidates.emplace_back();  // the manifest names one
    for (const std::string& candidate : candidates)
      for (const auto& procedure : procedures) {
        auto subject = find_subject(candidate, procedure, arguments_.subject, contract_);
        if (subject)
          subjects_.push_back(std::move(*subject));
        else if (worst = worse(worst, subject.error().code);
                 told.insert(to_string(subject.error().error)).second)
          refuse(subject.error());  // once, also where several procedures are asked for
      }
    return worst;
  }

  bool check_paths(ExitCode& worst) {
    std::set<std::string> paths;
    for (const ReportTarget& target : targets_)
      for (const Subject& subject : subjects_) {
        const std::string path = path_for(target, subject.candidate);
        if (!paths.insert(path).second) {
          worst = refuse({ExitCode::usage,
                          {"--output " + target.path, "",
                           "several reports would go there; put {candidate}, {proc} or {abi} in it"}});
          return false;
        }
        if (const auto writable = check_writable(path); !writable) {
          worst = refuse({ExitCode::cannot_write_report, writable.error()});
          return false;
        }
      }
    return true;
  }

  ExitCode judge(const Subject& subject, const std::vector<Case>& cases) {
    const Candidate& candidate = subject.candidate;
    const auto options = run_options(arguments_.judging, subject);
    if (!options) return refuse(options.error());
    const auto run = judge_with_progress(candidate, cases, contract_, *options);
    if (!run) return refuse(run.error());
    ExitCode code = exit_code_of(*run);
    if (!run->probed.opens)
      return refuse({code, {candidate.library.string(), "", why_not_opened(candidate, run->probed)}});
    // What is kept does not depend on how the program was started; what is shown can be typed as it stands.
    const ReportContext kept{contract_, MMIO_CTS_VERSION};
    const ReportContext shown_now{contract_, MMIO_CTS_VERSION, wants_colour(), invocation_name()};
    bool shown = false;
    for (const ReportTarget& target : targets_) {
      const std::string path = path_for(target, candidate);
      shown = shown || path == "-";
      const auto written = write_report(path, find_report_format(target.format)->write(*run, kept));
      if (!written) code = worse(code, refuse({ExitCode::cannot_write_report, written.error()}));
    }
    if (!shown) print(find_report_format("text")->write(*run, shown_now));
    return code;
  }

  const RunArguments& arguments_;
  Contract contract_;
  std::vector<ReportTarget> targets_;
  std::vector<Subject> subjects_;
};

std::vector<std::string> capability_names() {
  std::vector<std::string> names;
  for (const CapabilityRow& row : capabilities) names.emplace_back(row.name);
  return names;
}

}  // namespace

void add_run_command(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("run", "Judge the procedure of one or more libraries");
  auto arguments = std::make_shared<RunArguments>();
  command->add_option("CANDIDATE", arguments->candidates, "Library: .so, .dll; or a manifest: .json")
      ->type_name("");
  command
      ->add_option("--proc", arguments->procedures, "Exported name of the procedure, or #ordinal; repeatable")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command
      ->add_option("--output", arguments->outputs,
                   "Write a report; PATH may hold {candidate}, {proc}, {abi}, and - is stdout; repeatable")
      ->type_name("FORMAT:PATH")
      ->allow_extra_args(false);
  command
      ->add_option("--level", arguments->judging.level,
                   "The weakest requirement whose violation is a failure")
      ->check(CLI::IsMember({"must", "should", "may"}))
      ->capture_default_str();
  command
      ->add_option("--require", arguments->judging.require,
                   "Capabilities whose lack is a failure, e.g. write,rename; repeatable")
      ->check(CLI::IsMember(capability_names()))
      ->delimiter(',')
      ->type_name("NAME")
      ->allow_extra_args(false);
  arguments->subject.add_to(*command);
  arguments->judging.add_to(*command);
  command->callback([arguments, &action] { action = [arguments] { return Runner(*arguments).run(); }; });
}

}  // namespace mmio_cts
