#include "suite/cli/judging.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <csignal>
#include <thread>

#include "suite/cli/console.h"
#include "suite/cli/resources.h"
#include "suite/run/known_failures.h"
#include "suite/run/probe.h"
#include "suite/run/scratch_root.h"

namespace mmio_cts {
namespace {

std::atomic<bool> stop{false};

// The second one ends the program at once, as without this.
void on_interrupt(int signal) {
  stop = true;
  std::signal(signal, SIG_DFL);
}

// A slow machine, or a slow procedure, that was given time shall have it.
WorkerLimits limits_for(const RunOptions& run) {
  WorkerLimits limits = usual_limits(!run.wine.empty());
  const auto patience = std::chrono::ceil<std::chrono::seconds>(run.step_timeout);
  limits.cpu = std::max(*limits.cpu, 10 * patience);
  return limits;
}

}  // namespace

void JudgingOptions::add_cases_to(CLI::App& command) {
  if (cases.empty()) cases = cases_folder();
  command.add_option("--cases", cases, "Folder of the cases")->type_name("DIR");
}

void JudgingOptions::add_sweep_to(CLI::App& command) {
  command.add_flag(
      "--sweep", sweep,
      "Also let every call of the system fail that the procedure makes, in every way, one after the "
      "other: the cases of sweep/");
}

void JudgingOptions::add_to(CLI::App& command) {
  add_cases_to(command);
  command
      .add_option(
          "--filter", filter,
          "Only cases whose id, requirement or message matches: 'writeflush/*', WF-05, 'SEEK'; repeatable")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  command.add_option("--edition", edition, "Reading of the contract where its sources disagree (X-01)")
      ->check(CLI::IsMember({"sdk-1992", "web-2018"}))
      ->capture_default_str();
  command.add_option("--jobs", jobs, "Cases at the same time; 0: one per processor")
      ->check(CLI::Range(0, 64))
      ->capture_default_str();
  add_worker_to(command);
}

void JudgingOptions::add_worker_to(CLI::App& command) {
  command
      .add_option("--timeout", timeout, "Seconds after which a message without an answer counts as hanging")
      ->check(CLI::Range(0.1, 3600.0))
      ->capture_default_str();
  command
      .add_option("--case-timeout", case_timeout,
                  "Seconds after which a case counts as hanging even if it seems to get on")
      ->check(CLI::Range(0.1, 86400.0))
      ->capture_default_str();
  command
      .add_option(
          "--isolation", isolation,
          "case: a process for each case; batch: on Windows and Wine a process for many, and a new one "
          "for whatever fails. On Linux each case has its own")
      ->check(CLI::IsMember({"case", "batch"}))
      ->capture_default_str();
  command
      .add_option(
          "--sandbox", sandbox,
          "Keep the candidate from files that are not its own and from the network, and limit what it "
          "uses: auto, as far as this system can; required, else exit 70; none")
      ->check(CLI::IsMember({"auto", "required", "none"}))
      ->type_name("MODE")
      ->capture_default_str();
}

tl::expected<RunOptions, Refusal> run_options(const JudgingOptions& options, const Subject& subject) {
  const auto start = worker_start(subject.candidate.abi);
  if (!start) return tl::unexpected(Refusal{ExitCode::suite_failure, start.error()});
  RunOptions run;
  run.edition = edition_from(options.edition).value_or(Edition::sdk_1992);
  run.level = level_from(options.level).value_or(Level::must);
  run.manifest = subject.manifest;
  run.selected = !options.filter.empty();
  run.seed = options.seed;
  run.shard = options.shard;
  for (const std::string& name : options.require) run.required.push_back(*capability_from(name));
  run.jobs =
      options.jobs > 0 ? options.jobs : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  run.step_timeout = std::chrono::milliseconds(static_cast<int>(options.timeout * 1000));
  run.case_timeout = std::chrono::milliseconds(static_cast<int>(options.case_timeout * 1000));
  run.isolation = options.isolation == "case" ? Isolation::each_case : Isolation::batch;
  run.worker = start->worker;
  run.wine = start->wine;
  run.scratch_root = scratch_root();
  if (const auto mode = *sandbox_mode_from(options.sandbox); mode != SandboxMode::none) {
    const auto sandbox = options.sandboxes->get({mode, run.scratch_root, run.wine, limits_for(run)});
    if (!sandbox)
      return tl::unexpected(Refusal{ExitCode::suite_failure,
                                    {"", "",
                                     "--sandbox required: this system does not give " + sandbox.error() +
                                         "; --sandbox auto goes on without"}});
    run.sandbox = *sandbox;
    run.scratch_root = run.sandbox->folder();
  }
  run.stop = &stop;
  return run;
}

void end_early_on_signals() {
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
}

tl::expected<CandidateRun, Refusal> judge_with_progress(const Candidate& candidate,
                                                        const std::vector<Case>& cases,
                                                        const Contract& contract, const RunOptions& options) {
  end_early_on_signals();
  ProgressLine line;
  RunOptions with_progress = options;
  with_progress.progress = [&](std::size_t done, std::size_t all) {
    line.show(fmt::format("{} {} on {}: {} of {} cases", candidate.library.filename().string(),
                          candidate.procedure, abi_name(candidate.abi), done, all));
  };
  return judge(candidate, cases, contract, with_progress);
}

tl::expected<CandidateRun, Refusal> judge(const Candidate& candidate, const std::vector<Case>& cases,
                                          const Contract& contract, const RunOptions& options) {
  CandidateRun run = judge_candidate(candidate, cases, contract, options);
  if (!run.probed.load_error.empty())
    return tl::unexpected(Refusal{ExitCode::cannot_load, Error{"", "", run.probed.load_error}});
  return run;
}

std::string why_not_opened(const Candidate& candidate, const Probed& probed) {
  if (!probed.not_opened.empty())
    return fmt::format("a name that was said to open does not: {}", probed.not_opened.front());
  return fmt::format(
      "{} cannot be opened: {}; say what it opens with --open or --manifest, or what it needs with an "
      "adapter",
      candidate.procedure, probed.open_error);
}

tl::expected<ProbedSubject, Refusal> probe_subject(const std::string& candidate,
                                                   const std::optional<std::string>& procedure,
                                                   const SubjectOptions& subject_options,
                                                   const JudgingOptions& judging, const Contract& contract) {
  auto subject = find_subject(candidate, procedure, subject_options, contract);
  if (!subject) return tl::unexpected(std::move(subject.error()));
  auto options = run_options(judging, *subject);
  if (!options) return tl::unexpected(std::move(options.error()));
  auto runner = std::make_unique<CaseRunner>(runner_settings(subject->candidate, *options));
  Probed probed = probe(*runner, contract, subject->manifest, subject->candidate.adapter_functions);
  const auto cannot_load = [](Error error) {
    return tl::unexpected(Refusal{ExitCode::cannot_load, std::move(error)});
  };
  if (!probed.load_error.empty()) return cannot_load({"", "", probed.load_error});
  if (!probed.opens || !probed.not_opened.empty())
    return cannot_load({subject->candidate.library.string(), "", why_not_opened(subject->candidate, probed)});
  return ProbedSubject{std::move(*subject), std::move(*options), std::move(runner), std::move(probed)};
}

ExitCode exit_code_of(const CandidateRun& run) {
  if (run.interrupted) return ExitCode::interrupted;
  if (!run.probed.opens) return ExitCode::cannot_load;
  if (run.common.totals.at(Verdict::error) + run.per_abi.totals.at(Verdict::error) > 0)
    return ExitCode::suite_failure;
  // Whether enough was tested, and what became of known failures, only all shards together can tell.
  if (run.shard) return has_violation(run) ? ExitCode::not_conformant : ExitCode::conformant;
  if (only_expired_failures(run)) return ExitCode::stale_known_failure;
  if (is_conformant(run)) {
    for (const KnownOutcome& outcome : known_outcomes(run))
      if (outcome.state == KnownState::stale || outcome.state == KnownState::expired)
        return ExitCode::stale_known_failure;
    return ExitCode::conformant;
  }
  return has_violation(run) ? ExitCode::not_conformant : ExitCode::nothing_tested;
}

bool is_interrupted() { return stop; }

}  // namespace mmio_cts
