#include <fmt/format.h>

#include <set>

#include "suite/cli/case_selection.h"
#include "suite/cli/command.h"
#include "suite/cli/console.h"
#include "suite/cli/judging.h"
#include "suite/cli/report_target.h"

namespace mmio_cts {
namespace {

struct RunArguments {
  std::vector<std::string> candidates;
  std::vector<std::string> procedures;
  std::vector<std::string> outputs;
  std::optional<std::string> shard;
  std::string resume;
  SubjectOptions subject;
  JudgingOptions judging;
};

class Runner {
 public:
  explicit Runner(const RunArguments& arguments)
      : arguments_(arguments), judging_(arguments.judging), contract_(Contract::embedded()) {}

  ExitCode run() {
    auto targets = parse_report_targets(arguments_.outputs);
    if (!targets) return refuse({ExitCode::usage, targets.error()});
    targets_ = std::move(*targets);
    if (arguments_.shard) {
      const auto shard = parse_shard(*arguments_.shard);
      if (!shard) return refuse({ExitCode::usage, shard.error()});
      judging_.shard = *shard;
    }
    const auto cases = select_cases(judging_.cases, judging_.filter, contract_, judging_.sweeps());
    if (!cases) return refuse({ExitCode::usage, cases.error()});
    if (cases->empty()) return refuse({ExitCode::nothing_tested, no_case_selected()});

    ExitCode worst = examine_all();
    std::vector<const Candidate*> candidates;
    for (const Subject& subject : subjects_) candidates.push_back(&subject.candidate);
    if (const auto wrong = check_targets(targets_, candidates)) return refuse(*wrong);
    if (!arguments_.resume.empty()) {
      auto journal = Journal::open(arguments_.resume);
      if (!journal) return refuse({ExitCode::usage, journal.error()});
      journal_ = std::move(*journal);
      if (journal_->kept() > 0)
        print_error(fmt::format("{}: {} cases are done already", arguments_.resume, journal_->kept()));
    }
    for (const Subject& subject : subjects_) {
      if (is_interrupted()) break;
      worst = worse(worst, judge(subject, *cases));
    }
    if (journal_ && !is_interrupted()) journal_->remove();
    return worst;
  }

 private:
  ExitCode refuse(const Refusal& refusal) {
    print_error(to_string(refusal.error));
    return refusal.code;
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

  ExitCode judge(const Subject& subject, const std::vector<Case>& cases) {
    const Candidate& candidate = subject.candidate;
    auto options = run_options(judging_, subject);
    if (!options) return refuse(options.error());
    options->journal = journal_.get();
    const auto run = judge_with_progress(candidate, cases, contract_, *options);
    if (!run) return refuse(run.error());
    ExitCode code = exit_code_of(*run);
    if (!run->probed.opens)
      return refuse({code, {candidate.library.string(), "", why_not_opened(candidate, run->probed)}});
    for (const Error& error : write_reports(*run, contract_, targets_))
      code = worse(code, refuse({ExitCode::cannot_write_report, error}));
    return code;
  }

  const RunArguments& arguments_;
  JudgingOptions judging_;
  Contract contract_;
  std::vector<ReportTarget> targets_;
  std::vector<Subject> subjects_;
  std::unique_ptr<Journal> journal_;
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
  add_output_option(*command, arguments->outputs);
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
  command
      ->add_option("--seed", arguments->judging.seed,
                   "Begin the cases in an order that this number gives; the report stays the same")
      ->type_name("N");
  command
      ->add_option("--shard", arguments->shard,
                   "Run only every N-th case, from the I-th on; `mmio-cts merge` joins the reports")
      ->type_name("I/N");
  command
      ->add_option(
          "--resume", arguments->resume,
          "Keep what was seen of each case in FILE, and go on from what an earlier run has kept there, "
          "whatever ended it; removed when all is done")
      ->type_name("FILE");
  arguments->subject.add_to(*command);
  arguments->judging.add_to(*command);
  arguments->judging.add_sweep_to(*command);
  command->callback([arguments, &action] { action = [arguments] { return Runner(*arguments).run(); }; });
}

}  // namespace mmio_cts
