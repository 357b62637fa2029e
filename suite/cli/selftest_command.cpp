#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "suite/cli/case_selection.h"
#include "suite/cli/command.h"
#include "suite/cli/console.h"
#include "suite/cli/defects.h"
#include "suite/cli/judging.h"
#include "suite/cli/kill_matrix.h"
#include "suite/cli/resources.h"
#include "suite/cli/selftest_cases.h"
#include "suite/cli/selftest_report.h"

namespace mmio_cts {
namespace {

using nlohmann::ordered_json;
using Kind = TriedProcedure::Kind;

struct SelftestArguments {
  std::vector<std::string> abis;
  bool quick = false;
  bool all_instances = false;
  bool json = false;
  JudgingOptions judging;
};

struct Reference {
  const char* library;
  const char* procedure;
};
constexpr Reference references[] = {{"reference_proc", "PlainFileProc"},
                                    {"reference_proc", "BufferedFileProc"},
                                    {"memory_proc", "MemoryProc"}};

std::filesystem::path library(Abi abi, const std::string& stem) {
  return library_folder(abi) / (stem + (is_windows(abi) ? ".dll" : ".so"));
}

std::vector<std::filesystem::path> manifests_of_gallery() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(candidates_folder()))
    if (entry.path().extension() == ".json" && entry.path().stem() != "memory_proc")
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

class Selftest {
 public:
  Selftest(const SelftestArguments& arguments, std::vector<Abi> abis)
      : arguments_(arguments), abis_(std::move(abis)), contract_(Contract::embedded()) {}

  ExitCode run() {
    auto cases = select_cases(arguments_.judging.cases, arguments_.judging.filter, contract_);
    if (!cases) return refuse({ExitCode::usage, cases.error()});
    cases_ = std::move(*cases);
    if (cases_.empty()) return refuse({ExitCode::nothing_tested, {"", "", "no case is selected"}});
    auto defects = read_defects(abis_.front());
    if (!defects) return refuse({ExitCode::suite_failure, defects.error()});
    defects_ = std::move(*defects);

    for (const Abi abi : abis_) {
      const auto start = std::chrono::steady_clock::now();
      matrices_.push_back(try_all(abi));
      seconds_.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    const SelftestReport report{contract_, cases_, defects_, matrices_, seconds_, arguments_.quick};
    print(arguments_.json ? report.json().dump(2) + "\n" : report.text());
    if (is_interrupted()) return ExitCode::interrupted;
    return report.is_good() ? ExitCode::conformant : ExitCode::not_conformant;
  }

 private:
  static ExitCode refuse(const Refusal& refusal) {
    print_error(to_string(refusal.error));
    return refusal.code;
  }

  /// A procedure that is still to be tried, and with what.
  struct Task {
    TriedProcedure* tried;
    std::string library;
    std::optional<std::string> procedure;
    std::filesystem::path manifest;
    std::vector<Case> cases;
  };

  KillMatrix try_all(Abi abi) {
    KillMatrix matrix;
    matrix.abi = abi;
    std::vector<Task> tasks;
    const auto add = [&](Kind kind, const std::string& name, const std::string& stem,
                         const std::optional<std::string>& procedure, const std::filesystem::path& manifest) {
      matrix.procedures.push_back({});
      matrix.procedures.back().kind = kind;
      matrix.procedures.back().name = name;
      tasks.push_back({nullptr, library(abi, stem).string(), procedure, manifest, {}});
    };
    for (const Reference& reference : references)
      add(Kind::reference, reference.procedure, reference.library, reference.procedure, {});
    for (const auto& manifest : manifests_of_gallery())
      add(Kind::odd, manifest.stem().string(), manifest.stem().string(), std::nullopt, manifest);
    for (const Defect& defect : defects_) {
      if (std::find(defect.abis.begin(), defect.abis.end(), abi) == defect.abis.end()) {
        matrix.not_here.push_back(defect.name);
        continue;
      }
      add(Kind::defect, defect.name, "defects", defect.name, {});
      TriedProcedure& tried = matrix.procedures.back();
      tried.base = defect.base;
      tried.breaks.insert(defect.breaks.begin(), defect.breaks.end());
      tried.in_part = arguments_.quick;
    }
    for (std::size_t i = 0; i < tasks.size(); ++i) tasks[i].tried = &matrix.procedures[i];
    perform(tasks, abi);
    return matrix;
  }

  // One procedure per processor: much of what one takes, most of all under Wine, is waiting.
  void perform(std::vector<Task>& tasks, Abi abi) {
    end_early_on_signals();
    ProgressLine line;
    std::mutex mutex;
    std::size_t next = 0;
    const auto work = [&] {
      for (;;) {
        Task* task = nullptr;
        {
          const std::lock_guard lock(mutex);
          if (next == tasks.size()) return;
          line.show(fmt::format("{} of {} procedures on {}", next, tasks.size(), abi_name(abi)));
          task = &tasks[next++];
        }
        task->cases = choice().of(*task->tried, abi, matrices_);
        try_one(*task);
        task->cases.clear();
      }
    };
    std::vector<std::thread> threads(std::max(1u, std::thread::hardware_concurrency()) - 1);
    for (std::thread& thread : threads) thread = std::thread(work);
    work();
    for (std::thread& thread : threads) thread.join();
  }

  CaseChoice choice() const {
    return {cases_, arguments_.all_instances ? CaseChoice::Extent::all
                    : arguments_.quick       ? CaseChoice::Extent::about_the_defect
                                             : CaseChoice::Extent::one_of_each};
  }

  void try_one(const Task& task) const {
    TriedProcedure& tried = *task.tried;
    if (is_interrupted()) {
      tried.error = "interrupted";
      return;
    }
    SubjectOptions more;
    more.manifest = task.manifest;
    const auto fail = [&](const Refusal& refusal) { tried.error = to_string(refusal.error); };
    const auto subject = find_subject(task.library, task.procedure, more, contract_);
    if (!subject) return fail(subject.error());
    const auto options = run_options(arguments_.judging, *subject);
    if (!options) return fail(options.error());
    const auto run = judge(subject->candidate, task.cases, contract_, *options);
    if (!run) return fail(run.error());
    for (const Summary* summary : {&run->common, &run->per_abi}) {
      for (const Finding& finding : summary->findings)
        (finding.level == Level::must ? tried.blamed_must : tried.blamed_should).insert(finding.requirement);
      for (const CaseVerdict& one : summary->cases)
        if (one.verdict != Verdict::pass && one.verdict != Verdict::skip)
          tried.failing.insert(one.script->id);
    }
    if (!run->probed.opens) tried.error = why_not_opened(subject->candidate, run->probed);
  }

  const SelftestArguments& arguments_;
  std::vector<Abi> abis_;
  Contract contract_;
  std::vector<Case> cases_;
  std::vector<Defect> defects_;
  std::vector<KillMatrix> matrices_;
  std::vector<double> seconds_;
};

ExitCode selftest(const SelftestArguments& arguments) {
  std::vector<Abi> abis;
  for (const std::string& name : arguments.abis) abis.push_back(*abi_from(name));
  if (abis.empty())
    for (const Abi abi : all_abis)
      if (worker_start(abi) && std::filesystem::exists(library(abi, "reference_proc"))) abis.push_back(abi);
  if (abis.empty()) {
    print_error("no ABI is built; tools/build builds them");
    return ExitCode::suite_failure;
  }
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
  command->add_flag("--json", arguments->json, "The figures and the kill matrix, as JSON");
  command->add_flag("--quick", arguments->quick, "For each defect only the cases about what it breaks");
  command->add_flag("--all-instances", arguments->all_instances,
                    "Every instance of every case for every procedure: takes several times as long");
  arguments->judging.add_to(*command);
  command->callback([arguments, &action] { action = [arguments] { return selftest(*arguments); }; });
}

}  // namespace mmio_cts
