#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "suite/cli/case_selection.h"
#include "suite/cli/command.h"
#include "suite/cli/console.h"
#include "suite/cli/defects.h"
#include "suite/cli/judging.h"
#include "suite/cli/resources.h"

namespace mmio_cts {
namespace {

struct SelftestArguments {
  std::vector<std::string> abis;
  JudgingOptions judging;
};

struct Reference {
  const char* library;
  const char* procedure;
};
constexpr Reference references[] = {{"reference_proc", "PlainFileProc"},
                                    {"reference_proc", "BufferedFileProc"},
                                    {"memory_proc", "MemoryProc"}};

/// One cell of the table: a procedure on an ABI.
struct Cell {
  bool good = false;
  std::string text;
};

/// A row: a reference procedure, which must come out clean, or a defect, which must be caught.
struct Row {
  std::string name;
  std::set<std::string> breaks;  ///< empty for a reference procedure
  std::vector<Cell> cells;       ///< one per ABI
};

std::filesystem::path library(Abi abi, const char* stem) {
  return library_folder(abi) / (std::string(stem) + (is_windows(abi) ? ".dll" : ".so"));
}

std::set<std::string> blamed(const CandidateRun& run) {
  std::set<std::string> rows;
  for (const Summary* summary : {&run.common, &run.per_abi})
    for (const Finding& finding : summary->findings) rows.insert(finding.requirement);
  return rows;
}

Cell judge_reference(const CandidateRun& run) {
  const auto rows = blamed(run);
  if (is_conformant(run) && rows.empty()) return {true, "clean"};
  return {false, rows.empty() ? "not conformant" : fmt::format("false alarm: {}", fmt::join(rows, " "))};
}

// Caught: something declared is blamed. Misblamed: something else is.
Cell judge_defect(const CandidateRun& run, const std::set<std::string>& breaks) {
  const auto rows = blamed(run);
  std::vector<std::string> others;
  std::set_difference(rows.begin(), rows.end(), breaks.begin(), breaks.end(), std::back_inserter(others));
  if (others.size() == rows.size())
    return {false, rows.empty() ? "missed" : fmt::format("misblamed: {}", fmt::join(rows, " "))};
  if (!others.empty()) return {false, fmt::format("caught, and misblamed: {}", fmt::join(others, " "))};
  return {true, fmt::format("caught: {}", fmt::join(rows, " "))};
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
    const auto defects = read_defects(abis_.front());
    if (!defects) return refuse({ExitCode::suite_failure, defects.error()});

    std::vector<Row> rows;
    for (const Reference& reference : references) {
      Row row{reference.procedure, {}, {}};
      for (const Abi abi : abis_)
        row.cells.push_back(cell(abi, reference.library, reference.procedure,
                                 [](const CandidateRun& run) { return judge_reference(run); }));
      rows.push_back(std::move(row));
    }
    for (const Defect& defect : *defects) {
      Row row{defect.name, {defect.breaks.begin(), defect.breaks.end()}, {}};
      for (const Abi abi : abis_)
        row.cells.push_back(std::find(defect.abis.begin(), defect.abis.end(), abi) == defect.abis.end()
                                ? Cell{true, "cannot exist"}
                                : cell(abi, "defects", defect.name, [&](const CandidateRun& run) {
                                    return judge_defect(run, row.breaks);
                                  }));
      rows.push_back(std::move(row));
    }
    print_table(rows);
    if (is_interrupted()) return ExitCode::interrupted;
    return failures_ == 0 ? ExitCode::conformant : ExitCode::not_conformant;
  }

 private:
  static ExitCode refuse(const Refusal& refusal) {
    print_error(to_string(refusal.error));
    return refusal.code;
  }

  template <typename Judge>
  Cell cell(Abi abi, const char* stem, const std::string& procedure, Judge judge) {
    if (is_interrupted()) return {false, "interrupted"};
    const auto error = [](const Refusal& refusal) { return Cell{false, to_string(refusal.error)}; };
    const auto subject = find_subject(library(abi, stem), procedure, {}, contract_);
    if (!subject) return count(error(subject.error()));
    const auto options = run_options(arguments_.judging, *subject);
    if (!options) return count(error(options.error()));
    const auto run = judge_with_progress(subject->candidate, cases_, contract_, *options);
    return count(run ? judge(*run) : error(run.error()));
  }

  Cell count(Cell cell) {
    if (!cell.good) ++failures_;
    return cell;
  }

  void print_table(const std::vector<Row>& rows) const {
    std::vector<std::size_t> widths = {std::string("procedure").size(), std::string("breaks").size()};
    for (const Abi abi : abis_) widths.push_back(abi_name(abi).size());
    const auto texts_of = [](const Row& row) {
      std::vector<std::string> texts = {
          row.name, row.breaks.empty() ? "-" : fmt::format("{}", fmt::join(row.breaks, " "))};
      for (const Cell& cell : row.cells) texts.push_back(cell.text);
      return texts;
    };
    for (const Row& row : rows) {
      const auto texts = texts_of(row);
      for (std::size_t i = 0; i < texts.size(); ++i) widths[i] = std::max(widths[i], texts[i].size());
    }
    const auto print_line = [&](const std::vector<std::string>& texts) {
      std::string line;
      for (std::size_t i = 0; i < texts.size(); ++i) line += fmt::format("{:<{}}  ", texts[i], widths[i]);
      print(line.substr(0, line.find_last_not_of(' ') + 1) + "\n");
    };
    std::vector<std::string> head = {"procedure", "breaks"};
    for (const Abi abi : abis_) head.emplace_back(abi_name(abi));
    print_line(head);
    for (const Row& row : rows) print_line(texts_of(row));
    print(
        failures_ == 0
            ? "\nEvery defect is caught and blamed on its own requirements alone; the references are clean.\n"
            : fmt::format("\n{} of these are not as they should be.\n", failures_));
  }

  const SelftestArguments& arguments_;
  std::vector<Abi> abis_;
  Contract contract_;
  std::vector<Case> cases_;
  int failures_ = 0;
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
  arguments->judging.add_to(*command);
  command->callback([arguments, &action] { action = [arguments] { return selftest(*arguments); }; });
}

}  // namespace mmio_cts
