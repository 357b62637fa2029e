#include "suite/cli/traceability.h"

#include <fmt/format.h>

#include <map>
#include <set>

namespace mmio_cts {

std::vector<TracedRow> trace_requirements(const Contract& contract, const std::vector<Case>& cases,
                                          const std::vector<Defect>& defects) {
  std::map<std::string, std::set<std::string>> files_of;
  for (const Case& one : cases)
    for (const std::string& id : one.requirements) files_of[id].insert(one.name());
  std::map<std::string, std::vector<std::string>> defects_of;
  for (const Defect& defect : defects)
    for (const std::string& id : defect.breaks) defects_of[id].push_back(defect.name);

  std::vector<TracedRow> rows;
  for (const Requirement& row : contract.requirements()) {
    const std::set<std::string>& files = files_of[row.id];
    rows.push_back({&row, {files.begin(), files.end()}, defects_of[row.id]});
  }
  return rows;
}

std::string needs_no_case_because(const Requirement& row) {
  if (!row.untestable.empty()) return "untestable: " + row.untestable;
  if (row.tier == Tier::manager) return "manager: about winmm, not about a procedure";
  if (row.umbrella) return fmt::format("umbrella: the cases are about {}", fmt::join(row.children, " "));
  if (row.level == Level::may) return "may: a procedure is free here";
  if (row.level == Level::observed) return "observed: what was seen somewhere, and no duty";
  return "";
}

std::string why_no_case(const Requirement& row) {
  const std::string reason = needs_no_case_because(row);
  return reason.empty() ? "a gap: there is no case yet" : reason;
}

nlohmann::ordered_json traceability_json(const std::vector<TracedRow>& rows) {
  nlohmann::ordered_json document = nlohmann::ordered_json::array();
  for (const TracedRow& traced : rows) {
    const Requirement& row = *traced.row;
    nlohmann::ordered_json entry = {{"id", row.id},
                                    {"level", level_name(row.level)},
                                    {"tier", tier_name(row.tier)},
                                    {"message", row.message},
                                    {"source", row.source},
                                    {"statement", row.statement},
                                    {"children", row.children},
                                    {"cases", traced.cases},
                                    {"defects", traced.defects}};
    if (traced.cases.empty()) entry["why_no_case"] = why_no_case(row);
    document.push_back(std::move(entry));
  }
  return document;
}

}  // namespace mmio_cts
