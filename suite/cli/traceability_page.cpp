#include <fmt/format.h>

#include <algorithm>

#include "suite/cli/traceability.h"

namespace mmio_cts {
namespace {

// Text of the catalogue as a cell of a table: the marks of emphasis stay, what would end the cell does not.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|' || c == '<') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string code_list(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "`" : ", `") + name + "`";
  return list;
}

std::string level_cell(const Requirement& row) {
  std::string text(level_name(row.level));
  if (row.tier != Tier::procedure) text += fmt::format(", {}", tier_name(row.tier));
  return text;
}

std::string table_of(const std::string& area, const std::vector<TracedRow>& rows) {
  std::string text = "| requirement | level | source | cases | defects |\n|---|---|---|---|---|\n";
  for (const TracedRow& traced : rows) {
    if (traced.row->area != area) continue;
    text += fmt::format(
        "| **{}** {} | {} | {} | {} | {} |\n", traced.row->id, cell(traced.row->statement),
        level_cell(*traced.row), cell(traced.row->source),
        traced.cases.empty() ? "*" + cell(why_no_case(*traced.row)) + "*" : code_list(traced.cases),
        code_list(traced.defects));
  }
  return text;
}

std::string totals(const std::vector<TracedRow>& rows) {
  std::size_t asking = 0, covered = 0, untestable = 0, with_defect = 0;
  for (const TracedRow& traced : rows) {
    if (!asks_for_a_case(*traced.row)) continue;
    ++asking;
    covered += !traced.cases.empty();
    untestable += !traced.row->untestable.empty();
    with_defect += !traced.defects.empty();
  }
  return fmt::format(
      "| rows | number |\n|---|---|\n"
      "| all | {} |\n"
      "| must or should of a procedure, sums left out | {} |\n"
      "| of these with a case | {} |\n"
      "| untestable from outside | {} |\n"
      "| without a case yet | {} |\n"
      "| with a defect that breaks the row on purpose | {} |\n",
      rows.size(), asking, covered, untestable, asking - covered - untestable, with_defect);
}

std::string contradiction_text(const Contradiction& contradiction, const Contract& contract) {
  std::string text =
      fmt::format("### {}: {}\n\n- who says what: {}\n- ruling: {}\n- why: {}\n", contradiction.id,
                  contradiction.topic, contradiction.sources, contradiction.ruling, contradiction.why);
  std::vector<std::string> about;
  for (const Requirement& row : contract.requirements())
    if (std::find(row.contradictions.begin(), row.contradictions.end(), contradiction.id) !=
        row.contradictions.end())
      about.push_back(row.id);
  if (!about.empty()) text += fmt::format("- rows: {}\n", fmt::join(about, ", "));
  return text;
}

}  // namespace

std::string traceability_page(const Contract& contract, const std::vector<TracedRow>& rows) {
  std::string text = fmt::format(
      "# The contract and what tests it\n\n"
      "Version {} of the contract. Written by `mmio-cts list requirements --markdown` from "
      "`requirements.json`,"
      " the cases in\n`fixtures/cases` and the defects in `fixtures/procedures/defects`; a test fails when "
      "it is"
      " no longer true.\n\n",
      contract.version());
  text += totals(rows);
  for (const Area& area : contract.areas())
    text += fmt::format("\n## {}\n\n", area.title) + table_of(area.id, rows);
  text += "\n## Where the sources disagree\n";
  for (const Contradiction& contradiction : contract.contradictions())
    text += "\n" + contradiction_text(contradiction, contract);
  text += "\n## Where the rows are silent\n\n";
  for (const Ruling& ruling : contract.rulings())
    text += fmt::format("- **{}** {}\n", ruling.id, ruling.ruling);
  text += "\n## Sources\n\n| key | what it is |\n|---|---|\n";
  for (const SourceKey& source : contract.source_keys())
    text += fmt::format("| {} | {} |\n", cell(source.key), cell(source.source));
  return text;
}

}  // namespace mmio_cts
