#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <nlohmann/json.hpp>

#include "suite/cli/case_selection.h"
#include "suite/cli/command.h"
#include "suite/cli/console.h"
#include "suite/cli/defects.h"
#include "suite/cli/judging.h"
#include "suite/cli/resources.h"
#include "suite/cli/selftest/hostile_selftest.h"
#include "suite/cli/selftest/in_parallel.h"
#include "suite/cli/selftest/kill_matrix.h"
#include "suite/cli/selftest/selftest_report.h"
#include "suite/cli/selftest/trial.h"

namespace mmio_cts {
namespace {

struct SelftestArguments {
  std::vector<std::string> abis;
  bool quick = false;
  bool all_instances = false;
  bool idle = false;
  bool hostile = false;
  bool json = false;
  JudgingOptions judging;
};

class Selftest {
 public:
  Selftest(const SelftestArguments& arguments, std::vector<Abi> abis)
      : arguments_(arguments), abis_(std::move(abis)), contract_(Contract::embedded()) {}

  ExitCode run() {
    auto cases = select_cases(arguments_.judging.cases, arguments_.judging.filter, contract_, Sweeps::taken);
    if (!cases) return refuse({ExitCode::usage, cases.error()});
    cases_ = std::move(*cases);
    if (cases_.empty()) return refuse({ExitCode::nothing_tested, no_case_selected()});
    auto defects = read_defects(abis_.front());
    if (!defects) return refuse({ExitCode::suite_failure, defects.error()});
    specimens_ = specimens(*defects);
    auto kept = arguments_.idle ? read_kept_cases(kept_cases_file()) : std::vector<KeptCases>();
    if (!kept) return refuse({ExitCode::suite_failure, kept.error()});

    const std::vector<KillMatrix> matrices = try_all();
    std::optional<Idleness> idleness;
    if (arguments_.idle) idleness = find_idle(cases_, matrices.front(), *kept);
    const SelftestReport report{contract_, cases_, *defects, matrices, arguments_.quick, std::move(idleness)};
    print(arguments_.json ? report.json().dump(2) + "\n" : report.text());
    if (is_interrupted()) return ExitCode::interrupted;
    return report.is_good() ? ExitCode::conformant : ExitCode::not_conformant;
  }

 private:
  using Tried = std::vector<std::optional<TriedProcedure>>;

  static ExitCode refuse(const Refusal& refusal) {
    print_error(to_string(refusal.error));
    return refusal.code;
  }

  CaseChoice::Extent extent() const {
    if (arguments_.all_instances) return CaseChoice::Extent::all;
    return arguments_.quick ? CaseChoice::Extent::quick : CaseChoice::Extent::usual;
  }

  std::vector<KillMatrix> try_all() {
    end_early_on_signals();
    const TrialSettings settings{contract_, cases_, arguments_.judging, extent()};
    std::vector<Tried> tried(specimens_.size());
    std::mutex mutex;
    std::size_t begun = 0;
    ProgressLine line;
    const unsigned jobs = trial_jobs(arguments_.judging.jobs);
    in_parallel(specimens_.size(), jobs, [&](std::size_t at) {
      {
        const std::lock_guard lock(mutex);
        line.show(fmt::format("{} of {} procedures", begun++, specimens_.size()));
      }
      tried[at] = try_one(settings, specimens_[at]);
    });
    return matrices(tried, jobs);
  }

  // What it is on each of `abis_`; nothing where it cannot exist.
  Tried try_one(const TrialSettings& settings, const Specimen& specimen) const {
    Tried tried;
    Trial trial(settings, specimen);
    for (const Abi abi : abis_) {
      tried.emplace_back();
      if (std::find(specimen.abis.begin(), specimen.abis.end(), abi) == specimen.abis.end()) continue;
      const auto start = std::chrono::steady_clock::now();
      tried.back() = trial.on(abi);
      if (arguments_.idle && abi == abis_.front()) tried.back()->needs = trial.indispensable();
      tried.back()->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    }
    return tried;
  }

  std::vector<KillMatrix> matrices(const std::vector<Tried>& tried, unsigned jobs) const {
    std::vector<KillMatrix> all(abis_.size());
    for (std::size_t i = 0; i < abis_.size(); ++i) {
      all[i].abi = abis_[i];
      for (std::size_t at = 0; at < tried.size(); ++at) {
        if (!tried[at][i]) {
          all[i].not_here.push_back(specimens_[at].name);
          continue;
        }
        all[i].procedures.push_back(*tried[at][i]);
        all[i].seconds += tried[at][i]->seconds / jobs;
      }
    }
    return all;
  }

  const SelftestArguments& arguments_;
  std::vector<Abi> abis_;
  Contract contract_;
  std::vector<Case> cases_;
  std::vector<Specimen> specimens_;
};

ExitCode selftest(const SelftestArguments& arguments) {
  std::vector<Abi> abis;
  for (const std::string& name : arguments.abis) abis.push_back(*abi_from(name));
  if (abis.empty())
    for (const Abi abi : all_abis)
      if (worker_start(abi) && std::filesystem::exists(built_library(abi, "reference_proc")))
        abis.push_back(abi);
  if (abis.empty()) {
    print_error("no ABI is built; tools/build builds them");
    return ExitCode::suite_failure;
  }
  if (arguments.hostile) return hostile_selftest(arguments.judging, abis);
  return Selftest(arguments, abis).run();
}

}  // namespace

void add_selftest_command(CLI::App& app, Action& action) {
  auto* command =
      app.add_subcommand("selftest", "Prove that the suite can tell: references pass, defects are caught");
  auto arguments = std::make_shared<SelftestArguments>();
  command->add_option("--abi", arguments->abis, "Only this ABI; repeatable; all that are built by default")
      ->check(CLI::IsMember({"linux-x64", "windows-x64", "windows-x86"}))
      ->type_name("ABI")
      ->allow_extra_args(false);
  auto* json = command->add_flag("--json", arguments->json, "The figures and the kill matrix, as JSON");
  auto* quick = command->add_flag(
      "--quick", arguments->quick,
      "Only whether each defect is noticed by the cases about what it breaks; less of the others");
  auto* idle =
      command
          ->add_flag(
              "--idle", arguments->idle,
              "Also tell which cases could be left out: what the first ABI shows is judged without each of "
              "them in turn")
          ->excludes(quick);
  command
      ->add_flag("--all-instances", arguments->all_instances,
                 "Every instance of every case for every procedure: takes several times as long")
      ->excludes(quick);
  command
      ->add_flag(
          "--hostile", arguments->hostile,
          "Instead, what becomes of procedures that crash, hang, leave or tamper with their worker: a line "
          "for each, with its verdict; --filter says which, by name")
      ->excludes(quick)
      ->excludes(idle)
      ->excludes(json);
  arguments->judging.add_to(*command);
  command->callback([arguments, &action] { action = [arguments] { return selftest(*arguments); }; });
}

}  // namespace mmio_cts
