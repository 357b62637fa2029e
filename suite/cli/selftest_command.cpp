#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <nlohmann/json.hpp>

#include "suite/cli/case_selection.h"
#include "suite/cli/command.h"
#include "suite/cli/console.h"
#include "suite/cli/defects.h"
#include "suite/cli/judging.h"
#include "suite/cli/kill_matrix.h"
#include "suite/cli/resources.h"
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

  KillMatrix try_all(Abi abi) {
    KillMatrix matrix;
    matrix.abi = abi;
    const std::vector<Case> good_cases = for_good_procedures(abi);
    for (const Reference& reference : references)
      matrix.procedures.push_back(try_one(reference_or_odd(Kind::reference, reference.procedure), abi,
                                          reference.library, reference.procedure, {}, good_cases));
    for (const auto& manifest : manifests_of_gallery()) {
      const std::string name = manifest.stem().string();
      matrix.procedures.push_back(
          try_one(reference_or_odd(Kind::odd, name), abi, name, std::nullopt, manifest, good_cases));
    }
    for (const Defect& defect : defects_) {
      if (std::find(defect.abis.begin(), defect.abis.end(), abi) == defect.abis.end()) {
        matrix.not_here.push_back(defect.name);
        continue;
      }
      TriedProcedure tried;
      tried.kind = Kind::defect;
      tried.name = defect.name;
      tried.base = defect.base;
      tried.breaks.insert(defect.breaks.begin(), defect.breaks.end());
      tried.in_part = arguments_.quick;
      const std::vector<Case> selected = for_defect(tried, abi);
      matrix.procedures.push_back(try_one(std::move(tried), abi, "defects", defect.name, {}, selected));
    }
    return matrix;
  }

  static TriedProcedure reference_or_odd(Kind kind, const std::string& name) {
    TriedProcedure tried;
    tried.kind = kind;
    tried.name = name;
    return tried;
  }

  // Instances differ in numbers, not in what they do: natively the first and the last of each case file are
  // run, elsewhere the first and those that noticed the same defect natively.
  std::vector<Case> for_good_procedures(Abi abi) const {
    if (arguments_.all_instances) return cases_;
    return abi == Abi::linux_x64 && !arguments_.quick ? first_and_last([](const Case&) { return false; })
                                                      : selected([](const Case&) { return false; });
  }

  std::vector<Case> for_defect(const TriedProcedure& defect, Abi abi) const {
    if (arguments_.quick) {
      std::vector<Case> chosen;
      std::copy_if(cases_.begin(), cases_.end(), std::back_inserter(chosen),
                   [&](const Case& one) { return is_about(one, defect); });
      return chosen;
    }
    if (arguments_.all_instances) return cases_;
    if (abi == Abi::linux_x64 || matrices_.empty() || matrices_.front().abi != Abi::linux_x64)
      return first_and_last([&](const Case& one) { return is_about(one, defect); });
    const auto& native = matrices_.front().procedures;
    const auto same = std::find_if(native.begin(), native.end(),
                                   [&](const TriedProcedure& one) { return one.name == defect.name; });
    return selected([&](const Case& one) { return same != native.end() && same->failing.contains(one.id); });
  }

  static bool is_about(const Case& one, const TriedProcedure& defect) {
    return std::any_of(one.requirements.begin(), one.requirements.end(),
                       [&](const std::string& row) { return defect.breaks.contains(row); });
  }

  template <typename Also>
  std::vector<Case> first_and_last(Also also) const {
    std::vector<Case> chosen;
    for (std::size_t i = 0; i < cases_.size(); ++i)
      if (i == 0 || i + 1 == cases_.size() || cases_[i].file != cases_[i - 1].file ||
          cases_[i].file != cases_[i + 1].file || also(cases_[i]))
        chosen.push_back(cases_[i]);
    return chosen;
  }

  template <typename Also, typename Only = bool (*)(const Case&)>
  std::vector<Case> selected(
      Also also, Only only = [](const Case&) { return true; }) const {
    std::vector<Case> chosen;
    std::string last_file;
    for (const Case& one : cases_) {
      if (only(one) && (one.file != last_file || also(one))) chosen.push_back(one);
      last_file = one.file;
    }
    return chosen;
  }

  TriedProcedure try_one(TriedProcedure tried, Abi abi, const std::string& stem,
                         const std::optional<std::string>& procedure, const std::filesystem::path& manifest,
                         const std::vector<Case>& cases) const {
    if (is_interrupted()) {
      tried.error = "interrupted";
      return tried;
    }
    SubjectOptions more;
    more.manifest = manifest;
    const auto subject = find_subject(library(abi, stem).string(), procedure, more, contract_);
    if (!subject) return failed(std::move(tried), subject.error());
    const auto options = run_options(arguments_.judging, *subject);
    if (!options) return failed(std::move(tried), options.error());
    const auto run = judge_with_progress(subject->candidate, cases, contract_, *options);
    if (!run) return failed(std::move(tried), run.error());
    for (const Summary* summary : {&run->common, &run->per_abi}) {
      for (const Finding& finding : summary->findings)
        (finding.level == Level::must ? tried.blamed_must : tried.blamed_should).insert(finding.requirement);
      for (const CaseVerdict& one : summary->cases)
        if (one.verdict != Verdict::pass && one.verdict != Verdict::skip)
          tried.failing.insert(one.script->id);
    }
    if (!run->probed.opens) tried.error = why_not_opened(subject->candidate, run->probed);
    return tried;
  }

  static TriedProcedure failed(TriedProcedure tried, const Refusal& refusal) {
    tried.error = to_string(refusal.error);
    return tried;
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
