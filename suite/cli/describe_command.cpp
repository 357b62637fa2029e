#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "suite/cli/case_selection.h"
#include "suite/cli/command.h"
#include "suite/cli/console.h"
#include "suite/cli/defects.h"
#include "suite/cli/resources.h"
#include "suite/report/run_lookup.h"
#include "suite/run/case_demands.h"

namespace mmio_cts {
namespace {

struct DescribeArguments {
  std::string id;
  std::filesystem::path cases = cases_folder();
};

bool names(const std::vector<std::string>& list, const std::string& id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}

std::string describe_contradiction(const Contradiction& row) {
  return fmt::format("{}  {}\n  who says what: {}\n  our ruling: {}\n  why: {}\n", row.id, row.topic,
                     without_emphasis(row.sources), without_emphasis(row.ruling), row.why);
}

std::string describe_requirement(const Requirement& row, const Contract& contract,
                                 const std::vector<Case>& cases, const std::vector<Defect>& defects) {
  std::string text = fmt::format("{}  ({}, {}{})\n{}\n  source: {}\n  how it is checked: {}\n", row.id,
                                 level_name(row.level), tier_name(row.tier), row.derived ? ", derived" : "",
                                 row.statement, row.source, row.check);
  if (!row.capability.empty()) text += fmt::format("  applies if the procedure can: {}\n", row.capability);
  if (!row.untestable.empty()) text += fmt::format("  no case can test it: {}\n", row.untestable);
  if (row.umbrella) text += fmt::format("  sums up: {}\n", fmt::join(row.children, " "));
  for (const std::string& id : row.contradictions)
    if (const Contradiction* other = contract.find_contradiction(id)) text += describe_contradiction(*other);
  for (const Case& one : cases)
    if (names(one.requirements, row.id)) text += fmt::format("  case {}: {}\n", one.id, one.title);
  for (const Defect& defect : defects)
    if (names(defect.breaks, row.id)) text += fmt::format("  defect {}: {}\n", defect.name, defect.summary);
  return text;
}

std::string describe_case(const Case& one) {
  std::string text = fmt::format("{}\n{}\n  file: {}\n  about: {}\n", one.id, one.title, one.file,
                                 fmt::join(one.requirements, " "));
  std::set<Capability> needs = demands_of(one).capabilities;
  needs.insert(one.needs.begin(), one.needs.end());
  std::vector<std::string_view> need_names;
  for (const Capability need : needs) need_names.push_back(capability_name(need));
  text += fmt::format("  needs: {}\n", fmt::join(need_names, " "));
  if (!one.applies_everywhere()) text += fmt::format("  not on every ABI: {}\n", one.why_not_everywhere);
  for (std::size_t i = 0; i < one.steps.size(); ++i)
    text += fmt::format("  {:>3}  {}\n", i + 1, describe(one.steps[i]));
  return text;
}

ExitCode describe_id(const DescribeArguments& arguments) {
  const Contract contract = Contract::embedded();
  if (const Contradiction* row = contract.find_contradiction(arguments.id)) {
    print(describe_contradiction(*row));
    return ExitCode::conformant;
  }
  if (const Ruling* row = contract.find_ruling(arguments.id)) {
    print(fmt::format("{}  where the rows are silent\n  our ruling: {}\n", row->id, row->ruling));
    return ExitCode::conformant;
  }
  const auto cases = select_cases(arguments.cases, {}, contract);
  if (!cases) {
    print_error(to_string(cases.error()));
    return ExitCode::usage;
  }
  if (const Requirement* row = contract.find(arguments.id)) {
    print(describe_requirement(*row, contract, *cases,
                               read_defects(Abi::linux_x64).value_or(std::vector<Defect>{})));
    return ExitCode::conformant;
  }
  bool found = false;
  for (const Case& one : *cases) {
    if (one.id != arguments.id && one.name() != arguments.id) continue;
    print((found ? "\n" : "") + describe_case(one));
    found = true;
  }
  if (found) return ExitCode::conformant;
  print_error(fmt::format(
      "{}: no requirement, contradiction, ruling or case has this id; `mmio-cts list requirements` and "
      "`mmio-cts list cases` show them",
      arguments.id));
  return ExitCode::usage;
}

}  // namespace

void add_describe_command(CLI::App& app, Action& action) {
  auto* command =
      app.add_subcommand("describe", "Say all about a requirement, a contradiction, a ruling or a case");
  auto arguments = std::make_shared<DescribeArguments>();
  command->add_option("ID", arguments->id, "e.g. WF-05, X-01, R-07, writeflush/carries-earlier-writes")
      ->required()
      ->type_name("");
  command->add_option("--cases", arguments->cases, "Folder of the cases")->type_name("DIR");
  command->callback([arguments, &action] { action = [arguments] { return describe_id(*arguments); }; });
}

}  // namespace mmio_cts
