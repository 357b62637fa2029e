#include "suite/run/candidate_run.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "suite/judge/finding_code.h"
#include "suite/run/known_failures.h"

namespace mmio_cts {
namespace {

// What makes a case end in a crash or a hang.
bool is_about_an_end(const Finding& finding) {
  return finding_code(finding.code).symptom == Symptom::ending || finding.code == "wrong_convention";
}

bool is_clean(const Summary& summary, const CandidateRun& run, Expired expired) {
  bool ends_are_known = true;
  for (const Finding& finding : summary.findings) {
    const bool is_known = known_failure_of(run, finding, expired) != nullptr;
    if (is_about_an_end(finding)) ends_are_known = ends_are_known && is_known;
    if (finding.level <= run.level && !is_known) return false;
  }
  const int ends = summary.totals.at(Verdict::crash) + summary.totals.at(Verdict::hang);
  const bool has_end_finding = std::any_of(summary.findings.begin(), summary.findings.end(), is_about_an_end);
  return summary.totals.at(Verdict::error) == 0 && (ends == 0 || (has_end_finding && ends_are_known));
}

// Whether a row that only this capability can show was put to the test. Of a selection of cases that cannot
// be asked.
bool was_tried(const CandidateRun& run, Capability capability) {
  constexpr std::pair<Capability, std::string_view> shown_by[] = {
      {Capability::read, "RD-04"},   {Capability::write, "WR-04"},  {Capability::create, "FL-04"},
      {Capability::rename, "RN-02"}, {Capability::remove, "FL-06"}, {Capability::seekable, "SK-09"}};
  for (const auto& [shown, row] : shown_by) {
    if (shown != capability || run.selected || run.interrupted) continue;
    return std::any_of(run.common.requirements.begin(), run.common.requirements.end(),
                       [&, id = row](const RequirementVerdict& verdict) {
                         return verdict.row->id == id && verdict.exercised > 0;
                       });
  }
  return true;
}

}  // namespace

void sum_up(CandidateRun& run, const Contract& contract) {
  std::vector<JudgedCase> judged;
  for (const CaseRun& one : run.cases) judged.push_back(one.judged);
  const Attribution all = attribute(contract, judged);
  run.common = summarize(contract, run.probed.profile.can, judged, all, true);
  run.per_abi = summarize(contract, run.probed.profile.can, judged, all, false);
}

std::vector<Capability> lacking(const CandidateRun& run) {
  std::vector<Capability> missing;
  if (run.shard) return missing;
  for (const Capability capability : run.required)
    if (!run.probed.profile.can.has(capability) || !was_tried(run, capability)) missing.push_back(capability);
  return missing;
}

bool has_violation(const CandidateRun& run) {
  return !lacking(run).empty() || !is_clean(run.common, run, Expired::excluded) ||
         !is_clean(run.per_abi, run, Expired::excluded);
}

bool only_expired_failures(const CandidateRun& run) {
  return has_violation(run) && lacking(run).empty() && is_clean(run.common, run, Expired::included) &&
         is_clean(run.per_abi, run, Expired::included);
}

bool is_conformant(const CandidateRun& run) {
  return !run.interrupted && !run.shard && tested_anything(run) && !has_violation(run);
}

bool has_known_violation(const CandidateRun& run) {
  const auto is_known = [&](const Finding& finding) { return known_failure_of(run, finding) != nullptr; };
  return std::any_of(run.common.findings.begin(), run.common.findings.end(), is_known) ||
         std::any_of(run.per_abi.findings.begin(), run.per_abi.findings.end(), is_known);
}

bool tested_anything(const CandidateRun& run) {
  const auto is_tested_by = [&](const Summary& summary) {
    return exercises_basics(summary, run.probed.profile.can);
  };
  return run.probed.opens && (is_tested_by(run.common) || is_tested_by(run.per_abi));
}

std::string role_of(const CapabilitySet& capabilities) {
  if (!capabilities.has(Capability::write)) return "read-only";
  return capabilities.has(Capability::read) ? "read-write" : "write-only";
}

}  // namespace mmio_cts
