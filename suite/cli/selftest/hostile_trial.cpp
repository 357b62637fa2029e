#include "suite/cli/selftest/hostile_trial.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <regex>

#include "suite/cli/resources.h"
#include "suite/cli/selftest/leftover.h"
#include "suite/report/json_report.h"
#include "suite/report/report_writer.h"
#include "suite/script/schema.h"

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;
using Kind = EndObservation::Kind;

constexpr std::string_view disturbed_case = "b/during";
// Of those that are to hang all time is lost: once, or twice where another try in a new process is due. The
// others get what a busy machine may take.
constexpr std::chrono::milliseconds short_step_timeout{2000};
constexpr std::chrono::milliseconds step_timeout{15'000};
constexpr std::chrono::milliseconds short_case_timeout{4000};
constexpr std::chrono::milliseconds case_timeout{30'000};

class ScratchFolder {
 public:
  explicit ScratchFolder(const fs::path& root) {
    static std::atomic<int> number{0};
    path_ = root / fmt::format("mmio-cts-hostile-{}-{}", getpid(), ++number);
    fs::create_directory(path_);
  }
  ~ScratchFolder() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string place_of(const EndObservation& end, const Case& one) {
  if (end.what.find(while_loaded) != std::string::npos) return "load";
  if (end.is_at_unload()) return "unload";
  if (end.what.find("between two messages") != std::string::npos) return "between";
  const std::string action = describe(one.steps.at(end.step));
  return action.substr(0, action.find(' '));
}

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::exit:
      return "exit";
    case Kind::hang:
      return "hang";
    case Kind::suite_error:
      return "error";
    default:
      return "crash";
  }
}

/// "fail" for what makes a run not conformant.
std::string_view name_of(const std::vector<Violation>& violations, const Contract& contract) {
  if (violations.empty()) return "pass";
  const auto is_must = [&](const Violation& violation) {
    return contract.find(violation.requirement)->level == Level::must;
  };
  return std::any_of(violations.begin(), violations.end(), is_must) ? "fail" : "remark";
}

std::string verdict_of(const CaseRun& run, const Contract& contract) {
  const CaseResult& result = run.judged.result;
  const auto* end = run.trace.empty() ? nullptr : std::get_if<EndObservation>(&run.trace.back());
  if (end != nullptr && end->kind == Kind::load_failed) return "not loaded: " + end->what;
  if (end != nullptr)
    return fmt::format("{} in {}: {}{}", name_of(end->kind), place_of(*end, *run.judged.script), end->what,
                       end->where.empty() ? "" : " " + end->where);
  if (result.end == CaseEnd::error) return "error: " + result.reason;
  if (result.end == CaseEnd::skipped) return "skip: " + result.reason;
  return std::string(name_of(result.violations, contract));
}

void look_at_cases(const CandidateRun& run, std::size_t expected_number, const Contract& contract,
                   HostileOutcome& outcome) {
  if (run.cases.size() != expected_number)
    outcome.faults.push_back(fmt::format("{} of {} cases ran", run.cases.size(), expected_number));
  for (const CaseRun& one : run.cases) {
    const std::string verdict = verdict_of(one, contract);
    if (one.judged.script->id == disturbed_case)
      outcome.verdict = verdict;
    else if (verdict != "pass")
      outcome.faults.push_back(fmt::format("{}, which it leaves alone: {}", one.judged.script->id, verdict));
  }
}

void look_at_report(const CandidateRun& run, const Contract& contract, HostileOutcome& outcome) {
  const std::string text = to_text(report_json(run, contract, {"", contract_digest(), "mmio-cts"}));
  static const Schema schema(report_schema_text());
  if (!nlohmann::json::accept(text))
    outcome.faults.push_back("the report is no JSON");
  else if (const auto wrong = schema.check(nlohmann::json::parse(text)))
    outcome.faults.push_back("the report is not valid: " + to_string(*wrong));
  const ExitCode code = exit_code_of(run);
  const bool is_harmless = outcome.verdict == "pass" || outcome.verdict == "remark";
  const ExitCode fitting = is_harmless ? ExitCode::conformant : ExitCode::not_conformant;
  if (code != fitting)
    outcome.faults.push_back(
        fmt::format("exit code {} instead of {}", static_cast<int>(code), static_cast<int>(fitting)));
}

}  // namespace

HostileOutcome try_hostile(const Hostile& hostile, Abi abi, const std::vector<Case>& cases,
                           const JudgingOptions& judging, const Contract& contract) {
  const auto start = std::chrono::steady_clock::now();
  HostileOutcome outcome;
  const auto subject =
      find_subject(built_library(abi, hostile.library).string(), hostile.procedure, {}, contract);
  auto options = subject ? run_options(judging, *subject)
                         : tl::expected<RunOptions, Refusal>(tl::unexpected(subject.error()));
  if (!options) {
    outcome.faults.push_back(to_string(options.error().error));
    return outcome;
  }
  const ScratchFolder scratch(options->scratch_root);
  options->scratch_root = scratch.path();
  options->jobs = 1;
  const bool is_to_hang = hostile.expected.find("hang") != std::string::npos;
  options->step_timeout = is_to_hang ? short_step_timeout : step_timeout;
  options->case_timeout = is_to_hang ? short_case_timeout : case_timeout;
  const auto run = judge(subject->candidate, cases, contract, *options);
  if (!run) {
    outcome.verdict = to_string(run.error().error);
  } else {
    look_at_cases(*run, cases.size(), contract, outcome);
    look_at_report(*run, contract, outcome);
  }
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

  const std::regex expected("^(?:" + hostile.expected + ")");
  if (!std::regex_search(outcome.verdict, expected))
    outcome.faults.push_back("foretold was " + hostile.expected);
  for (const std::string& process : processes_left_by(scratch.path()))
    outcome.faults.push_back("a process is left: " + process);
  std::error_code error;
  for (const auto& file : fs::recursive_directory_iterator(scratch.path(), error))
    outcome.faults.push_back("a file is left: " + file.path().string());
  return outcome;
}

}  // namespace mmio_cts
