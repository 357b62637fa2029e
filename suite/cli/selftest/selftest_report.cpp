#include "suite/cli/selftest/selftest_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace mmio_cts {
namespace {

using nlohmann::ordered_json;
using Kind = TriedProcedure::Kind;

constexpr const char* kind_names[] = {"reference", "odd", "defect"};

std::set<std::string> blamed(const TriedProcedure& one) {
  std::set<std::string> rows = one.blamed_must;
  rows.insert(one.blamed_should.begin(), one.blamed_should.end());
  return rows;
}

std::string verdict(const TriedProcedure& one) {
  if (!one.error.empty()) return one.error;
  const auto others = one.wrongly_blamed();
  if (one.kind != Kind::defect)
    return others.empty() ? "clean" : fmt::format("false alarm: {}", fmt::join(others, " "));
  if (!one.is_caught())
    return others.empty() ? "missed" : fmt::format("misblamed: {}", fmt::join(others, " "));
  if (one.in_part)
    return fmt::format("noticed in {} case{}", one.failing.size(), one.failing.size() == 1 ? "" : "s");
  if (!others.empty()) return fmt::format("caught, and misblamed: {}", fmt::join(others, " "));
  return fmt::format("caught: {}", fmt::join(blamed(one), " "));
}

const TriedProcedure* find(const KillMatrix& matrix, const std::string& name) {
  const auto it = std::find_if(matrix.procedures.begin(), matrix.procedures.end(),
                               [&](const TriedProcedure& one) { return one.name == name; });
  return it == matrix.procedures.end() ? nullptr : &*it;
}

// Names in the order of the first matrix, those that only others have behind them.
std::vector<std::string> names_of(const std::vector<KillMatrix>& matrices) {
  std::vector<std::string> names;
  for (const KillMatrix& matrix : matrices)
    for (const TriedProcedure& one : matrix.procedures)
      if (std::find(names.begin(), names.end(), one.name) == names.end()) names.push_back(one.name);
  return names;
}

std::string table(const std::vector<std::vector<std::string>>& lines) {
  std::vector<std::size_t> widths(lines.front().size());
  for (const auto& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
  std::string text;
  for (const auto& cells : lines) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) line += fmt::format("{:<{}}  ", cells[i], widths[i]);
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

ordered_json row_of(const TriedProcedure& one) {
  ordered_json row = {{"name", one.name}, {"kind", kind_names[static_cast<int>(one.kind)]}};
  if (one.kind == Kind::defect) {
    row["base"] = one.base;
    row["breaks"] = one.breaks;
    row["caught"] = one.is_caught();
  }
  row["blamed"] = {{"must", one.blamed_must}, {"should", one.blamed_should}};
  row["wrongly_blamed"] = one.wrongly_blamed();
  row["failing_cases"] = one.failing;
  if (!one.needs.empty()) row["needs"] = one.needs;
  if (!one.error.empty()) row["error"] = one.error;
  return row;
}

}  // namespace

SelftestReport::SelftestReport(const Contract& contract, const std::vector<Case>& cases,
                               const std::vector<Defect>& defects, const std::vector<KillMatrix>& matrices,
                               bool is_partial, std::optional<Idleness> idleness)
    : matrices_(matrices), idleness_(std::move(idleness)) {
  for (const KillMatrix& matrix : matrices)
    without_defect_.push_back(is_partial ? std::vector<std::string>{}
                                         : requirements_without_defect(contract, cases, defects, matrix));
}

bool SelftestReport::is_good() const {
  const auto is_right = [](const KillMatrix& matrix) {
    return std::all_of(matrix.procedures.begin(), matrix.procedures.end(),
                       [](const TriedProcedure& one) { return one.is_right(); });
  };
  return (!idleness_ || idleness_->is_good()) && std::all_of(matrices_.begin(), matrices_.end(), is_right) &&
         std::all_of(without_defect_.begin(), without_defect_.end(),
                     [](const auto& rows) { return rows.empty(); });
}

std::string SelftestReport::figures(std::size_t i) const {
  const KillMatrix& matrix = matrices_[i];
  std::string text = fmt::format(
      "{}: {} of {} defects caught, {} misblamed; {} references and {} odd procedures, {} false alarms; "
      "{:.0f} s\n",
      abi_name(matrix.abi), matrix.caught(), matrix.count(Kind::defect), matrix.misblamed(),
      matrix.count(Kind::reference), matrix.count(Kind::odd), matrix.false_alarms(), matrix.seconds);
  if (!without_defect_[i].empty())
    text += fmt::format("{}: no defect proves the cases about {}\n", abi_name(matrix.abi),
                        fmt::join(without_defect_[i], " "));
  return text;
}

std::string SelftestReport::idle_cases() const {
  if (!idleness_) return "";
  std::string text =
      fmt::format("cases: without each of {} a defect is missed or misblamed; {} are kept for a reason\n",
                  idleness_->needed.size(), idleness_->kept.size());
  for (const std::string& name : idleness_->idle)
    text +=
        fmt::format("{} could be left out; a reason to keep it goes into fixtures/kept_cases.json\n", name);
  for (const std::string& glob : idleness_->vain_globs)
    text +=
        fmt::format("fixtures/kept_cases.json keeps '{}': there is no case that could be left out\n", glob);
  return text;
}

std::string SelftestReport::text() const {
  std::vector<std::vector<std::string>> lines = {{"procedure", "breaks"}};
  for (const KillMatrix& matrix : matrices_) lines.front().emplace_back(abi_name(matrix.abi));
  for (const std::string& name : names_of(matrices_)) {
    std::vector<std::string> line = {name, "-"};
    for (const KillMatrix& matrix : matrices_) {
      const TriedProcedure* one = find(matrix, name);
      if (one != nullptr && one->kind == Kind::defect)
        line[1] = fmt::format("{}", fmt::join(one->breaks, " "));
      line.push_back(one == nullptr ? "cannot exist" : verdict(*one));
    }
    lines.push_back(std::move(line));
  }
  std::string text = table(lines) + "\n";
  for (std::size_t i = 0; i < matrices_.size(); ++i) text += figures(i);
  text += idle_cases();
  text += is_good()
              ? "Every defect is caught and blamed on its own requirements alone; all others are clean.\n"
              : "Not all is as it should be.\n";
  return text;
}

ordered_json SelftestReport::json() const {
  ordered_json abis = ordered_json::object();
  for (std::size_t i = 0; i < matrices_.size(); ++i) {
    const KillMatrix& matrix = matrices_[i];
    ordered_json rows = ordered_json::array();
    for (const TriedProcedure& one : matrix.procedures) rows.push_back(row_of(one));
    abis[std::string(abi_name(matrix.abi))] = {{"defects", matrix.count(Kind::defect)},
                                               {"caught", matrix.caught()},
                                               {"misblamed", matrix.misblamed()},
                                               {"odd", matrix.count(Kind::odd)},
                                               {"references", matrix.count(Kind::reference)},
                                               {"false_alarms", matrix.false_alarms()},
                                               {"requirements_without_defect", without_defect_[i]},
                                               {"cannot_exist", matrix.not_here},
                                               {"seconds", matrix.seconds},
                                               {"kill_matrix", std::move(rows)}};
  }
  ordered_json all = {{"good", is_good()}, {"abis", std::move(abis)}};
  if (idleness_)
    all["cases"] = {{"needed", idleness_->needed},
                    {"kept", idleness_->kept},
                    {"idle", idleness_->idle},
                    {"kept_in_vain", idleness_->vain_globs}};
  return all;
}

}  // namespace mmio_cts
