#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "suite/cli/case_selection.h"
#include "suite/cli/command.h"
#include "suite/cli/console.h"
#include "suite/cli/defects.h"
#include "suite/cli/resources.h"
#include "suite/report/report_writer.h"

namespace mmio_cts {
namespace {

using nlohmann::ordered_json;

struct ListArguments {
  std::string what;
  std::filesystem::path cases = cases_folder();
  std::vector<std::string> filter;
  bool json = false;
};

ordered_json cases_json(const std::vector<Case>& cases) {
  ordered_json rows = ordered_json::array();
  for (const Case& one : cases)
    rows.push_back({{"id", one.id},
                    {"title", one.title},
                    {"requirements", one.requirements},
                    {"steps", one.steps.size()}});
  return rows;
}

ordered_json requirements_json(const Contract& contract, const std::vector<Case>& cases) {
  std::map<std::string, std::vector<std::string>> cases_of;
  for (const Case& one : cases)
    for (const std::string& row : one.requirements) cases_of[row].push_back(one.id);
  ordered_json rows = ordered_json::array();
  for (const Requirement& row : contract.requirements())
    rows.push_back({{"id", row.id},
                    {"level", level_name(row.level)},
                    {"tier", tier_name(row.tier)},
                    {"statement", row.statement},
                    {"cases", cases_of[row.id]}});
  return rows;
}

ordered_json defects_json(const std::vector<Defect>& defects) {
  ordered_json rows = ordered_json::array();
  for (const Defect& defect : defects)
    rows.push_back({{"name", defect.name},
                    {"base", defect.base},
                    {"breaks", defect.breaks},
                    {"summary", defect.summary}});
  return rows;
}

// Every column but the last as wide as its widest cell.
void print_table(const ordered_json& rows, std::initializer_list<const char*> columns) {
  const auto cell = [](const ordered_json& row, const char* column) {
    const ordered_json& value = row.at(column);
    if (value.is_string()) return value.get<std::string>();
    std::string text;
    for (const auto& item : value) text += (text.empty() ? "" : " ") + item.get<std::string>();
    return text;
  };
  constexpr std::size_t widest = 72;  // what is longer pushes its own line only
  std::map<std::string, std::size_t> widths;
  for (const auto& row : rows)
    for (const char* column : columns)
      widths[column] = std::max(widths[column], std::min(cell(row, column).size(), widest));
  for (const auto& row : rows) {
    std::string line;
    for (const char* column : columns) line += fmt::format("{:<{}}  ", cell(row, column), widths[column]);
    print(line.substr(0, line.find_last_not_of(' ') + 1) + "\n");
  }
}

// Those whose id or name one of the globs matches.
void keep_named(ordered_json& rows, const std::vector<std::string>& globs) {
  ordered_json kept = ordered_json::array();
  for (auto& row : rows) {
    const std::string name = row.contains("id") ? row.at("id") : row.at("name");
    if (std::any_of(globs.begin(), globs.end(),
                    [&](const std::string& glob) { return fnmatch(glob.c_str(), name.c_str(), 0) == 0; }))
      kept.push_back(std::move(row));
  }
  rows = std::move(kept);
}

ExitCode list(const ListArguments& arguments) {
  const Contract contract = Contract::embedded();
  const auto refuse = [](const Error& error) {
    print_error(to_string(error));
    return ExitCode::usage;
  };
  ordered_json rows = ordered_json::array();
  if (arguments.what == "formats") {
    for (const ReportFormat& format : report_formats())
      rows.push_back({{"name", format.name}, {"description", format.description}});
  } else if (arguments.what == "defects") {
    const auto defects = read_defects(Abi::linux_x64);
    if (!defects) return refuse(defects.error());
    rows = defects_json(*defects);
  } else {
    const bool of_cases = arguments.what == "cases";
    const auto cases =
        select_cases(arguments.cases, of_cases ? arguments.filter : std::vector<std::string>{}, contract);
    if (!cases) return refuse(cases.error());
    rows = of_cases ? cases_json(*cases) : requirements_json(contract, *cases);
  }
  if (arguments.what != "cases" && !arguments.filter.empty()) keep_named(rows, arguments.filter);
  if (arguments.json)
    print(rows.dump(2) + "\n");
  else if (arguments.what == "cases")
    print_table(rows, {"id", "title"});
  else if (arguments.what == "requirements")
    print_table(rows, {"id", "level", "tier", "statement"});
  else if (arguments.what == "defects")
    print_table(rows, {"name", "breaks", "summary"});
  else
    print_table(rows, {"name", "description"});
  return ExitCode::conformant;
}

}  // namespace

void add_list_command(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("list", "List cases, requirements, defects or report formats");
  auto arguments = std::make_shared<ListArguments>();
  command->add_option("WHAT", arguments->what, "cases, requirements, defects or formats")
      ->required()
      ->check(CLI::IsMember({"cases", "requirements", "defects", "formats"}))
      ->type_name("");
  command->add_flag("--json", arguments->json, "As JSON, with all there is to say");
  command->add_option("--cases", arguments->cases, "Folder of the cases")->type_name("DIR");
  command
      ->add_option("--filter", arguments->filter,
                   "Only those whose id matches; of cases also requirement or message; repeatable")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  command->callback([arguments, &action] { action = [arguments] { return list(*arguments); }; });
}

}  // namespace mmio_cts
