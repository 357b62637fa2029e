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
#include "suite/cli/traceability.h"
#include "suite/report/report_writer.h"
#include "suite/report/text_layout.h"

namespace mmio_cts {
namespace {

using nlohmann::ordered_json;

struct ListArguments {
  std::string what;
  std::filesystem::path cases = cases_folder();
  std::vector<std::string> filter;
  bool json = false;
  bool markdown = false;
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

// The rows of traceability_json() for a table: how many cases and defects there are instead of their names.
ordered_json with_counts(ordered_json rows) {
  for (ordered_json& row : rows) {
    row["cases"] = counted(row.at("cases").size(), "case", "cases");
    row["defects"] = counted(row.at("defects").size(), "defect", "defects");
  }
  return rows;
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
  if (arguments.markdown && arguments.what != "requirements")
    return refuse(
        {"", "", "--markdown goes with requirements; " + arguments.what + " can be listed with --json"});
  ordered_json rows = ordered_json::array();
  if (arguments.what == "formats") {
    for (const ReportFormat& format : report_formats())
      rows.push_back({{"name", format.name}, {"description", format.description}});
  } else if (arguments.what == "defects") {
    const auto defects = read_defects(Abi::linux_x64);
    if (!defects) return refuse(defects.error());
    rows = defects_json(*defects);
  } else if (arguments.what == "cases") {
    const auto cases = select_cases(arguments.cases, arguments.filter, contract);
    if (!cases) return refuse(cases.error());
    rows = cases_json(*cases);
  } else {
    const auto cases = select_cases(arguments.cases, {}, contract);
    if (!cases) return refuse(cases.error());
    const auto defects = read_defects(Abi::linux_x64);
    if (!defects) return refuse(defects.error());
    const std::vector<TracedRow> traced = trace_requirements(contract, *cases, *defects);
    if (arguments.markdown) {
      print(traceability_page(contract, traced));
      return ExitCode::conformant;
    }
    rows = traceability_json(traced);
  }
  if (arguments.what != "cases" && !arguments.filter.empty()) keep_named(rows, arguments.filter);
  if (arguments.json)
    print(rows.dump(2) + "\n");
  else if (arguments.what == "cases")
    print_table(rows, {"id", "title"});
  else if (arguments.what == "requirements")
    print_table(with_counts(std::move(rows)), {"id", "level", "tier", "cases", "defects", "statement"});
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
  auto* json = command->add_flag("--json", arguments->json, "As JSON, with all there is to say");
  command->add_option("--cases", arguments->cases, "Folder of the cases")->type_name("DIR");
  auto* filter =
      command
          ->add_option("--filter", arguments->filter,
                       "Only those whose id matches; of cases also requirement or message; repeatable")
          ->type_name("GLOB")
          ->allow_extra_args(false);
  command
      ->add_flag("--markdown", arguments->markdown,
                 "Of requirements: the page that shows what tests each of them, and every ruling")
      ->excludes(json)
      ->excludes(filter);
  command->callback([arguments, &action] { action = [arguments] { return list(*arguments); }; });
}

}  // namespace mmio_cts
