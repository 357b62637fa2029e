#include "suite/cli/selftest/kill_matrix.h"

#include <algorithm>
#include <iterator>

namespace mmio_cts {
namespace {

bool share_one(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& row) { return b.contains(row); });
}

}  // namespace

bool TriedProcedure::is_caught() const {
  if (in_part) return !failing.empty();
  return share_one(breaks, blamed_must) || share_one(breaks, blamed_should);
}

std::set<std::string> TriedProcedure::wrongly_blamed() const {
  if (in_part) return {};
  std::set<std::string> blamed = blamed_must;
  if (kind != Kind::odd) blamed.insert(blamed_should.begin(), blamed_should.end());
  std::set<std::string> others;
  std::set_difference(blamed.begin(), blamed.end(), breaks.begin(), breaks.end(),
                      std::inserter(others, others.end()));
  return others;
}

bool TriedProcedure::is_right() const {
  return error.empty() && wrongly_blamed().empty() && (kind != Kind::defect || is_caught());
}

int KillMatrix::count(TriedProcedure::Kind kind) const {
  return static_cast<int>(std::count_if(procedures.begin(), procedures.end(),
                                        [&](const TriedProcedure& one) { return one.kind == kind; }));
}

int KillMatrix::caught() const {
  return static_cast<int>(std::count_if(procedures.begin(), procedures.end(),
                                        [](const TriedProcedure& one) { return one.is_caught(); }));
}

int KillMatrix::misblamed() const {
  return static_cast<int>(std::count_if(procedures.begin(), procedures.end(), [](const TriedProcedure& one) {
    return one.kind == TriedProcedure::Kind::defect && !one.wrongly_blamed().empty();
  }));
}

int KillMatrix::false_alarms() const {
  return static_cast<int>(std::count_if(procedures.begin(), procedures.end(), [](const TriedProcedure& one) {
    return one.kind != TriedProcedure::Kind::defect && !one.is_right();
  }));
}

std::vector<std::string> requirements_without_defect(const Contract& contract, const std::vector<Case>& cases,
                                                     const std::vector<Defect>& defects,
                                                     const KillMatrix& matrix) {
  std::map<std::string, std::set<std::string>> cases_about;
  for (const Case& one : cases) {
    if (std::find(one.abis.begin(), one.abis.end(), matrix.abi) == one.abis.end()) continue;
    for (const std::string& row : one.requirements) cases_about[row].insert(one.id);
  }

  std::set<std::string> killed, elsewhere;
  for (const TriedProcedure& one : matrix.procedures)
    if (one.is_caught())
      for (const std::string& row : one.breaks)
        if (share_one(cases_about[row], one.failing)) killed.insert(row);
  for (const Defect& defect : defects)
    if (std::find(matrix.not_here.begin(), matrix.not_here.end(), defect.name) != matrix.not_here.end())
      elsewhere.insert(defect.breaks.begin(), defect.breaks.end());

  std::vector<std::string> rows;
  for (const Requirement& row : contract.requirements()) {
    const bool counts = !row.umbrella && row.untestable.empty() && row.tier != Tier::manager &&
                        (row.level == Level::must || row.level == Level::should);
    if (counts && !cases_about[row.id].empty() && !killed.contains(row.id) && !elsewhere.contains(row.id))
      rows.push_back(row.id);
  }
  return rows;
}

}  // namespace mmio_cts
