#include "suite/judge/summary.h"

#include <fmt/format.h>

#include <algorithm>

namespace mmio_cts {
namespace {

bool is_about_the_procedure(const Requirement& row) {
  return !row.umbrella && (row.tier == Tier::procedure || row.tier == Tier::profile);
}

std::string why_skipped(const Requirement& row, const CapabilitySet& capabilities) {
  if (row.tier == Tier::manager) return "about the manager, not about the procedure";
  const auto capability = capability_from(row.capability);
  if (capability && !capabilities.has(*capability))
    return fmt::format("the procedure lacks '{}'", row.capability);
  if (row.level == Level::observed) return "observed of managers; nothing that a procedure could violate";
  return "no case that was run puts it to the test";
}

// An umbrella is what its children are.
void settle_umbrella(RequirementVerdict& umbrella, const std::vector<RequirementVerdict>& all) {
  const auto has = [&](Verdict verdict) {
    return std::any_of(all.begin(), all.end(), [&](const RequirementVerdict& other) {
      const auto& children = umbrella.row->children;
      return other.verdict == verdict &&
             std::find(children.begin(), children.end(), other.row->id) != children.end();
    });
  };
  for (const Verdict verdict : {Verdict::fail, Verdict::warn, Verdict::pass}) {
    if (!has(verdict)) continue;
    umbrella.verdict = verdict;
    umbrella.reason.clear();
    return;
  }
  // One without children only names what every message shows.
  if (umbrella.row->children.empty() && umbrella.exercised > 0) {
    umbrella.verdict = Verdict::pass;
    umbrella.reason.clear();
    return;
  }
  umbrella.reason = "it sums up others, none of which was put to the test";
}

}  // namespace

Summary summarize(const Contract& contract, const CapabilitySet& capabilities,
                  const std::vector<JudgedCase>& cases, const Attribution& all, bool everywhere) {
  Summary summary;
  for (int i = 0; i <= static_cast<int>(Verdict::error); ++i) summary.totals[static_cast<Verdict>(i)] = 0;

  std::set<std::string> ids;
  std::set<std::string> elsewhere;  // rows that the other cases are about
  std::map<std::string, int> exercised;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (cases[i].script->is_same_everywhere() != everywhere) {
      elsewhere.insert(cases[i].script->requirements.begin(), cases[i].script->requirements.end());
      continue;
    }
    ids.insert(cases[i].script->id);
    summary.cases.push_back(all.verdicts[i]);
    ++summary.totals[all.verdicts[i].verdict];
    for (const std::string& row : cases[i].result.decided) ++exercised[row];
    for (const auto& [name, values] : cases[i].result.traits)
      summary.traits[name].insert(values.begin(), values.end());
    add(cases[i].result.faults, summary.faults);
    add(cases[i].result.system, summary.system);
  }
  std::map<std::string, Verdict> blamed;
  std::map<std::string, std::string> implied;  // row and the one that it follows from
  for (Finding finding : all.findings) {
    std::erase_if(finding.occurrences, [&](const Occurrence& o) { return !ids.contains(o.case_id); });
    if (finding.occurrences.empty()) continue;
    choose_example(finding);
    blamed[finding.requirement] = finding.level == Level::must ? Verdict::fail : Verdict::warn;
    for (const std::string& id : finding.implied) implied[id] = finding.requirement;
    summary.findings.push_back(std::move(finding));
  }
  for (const Requirement& row : contract.requirements()) {
    RequirementVerdict verdict{&row, Verdict::skip, exercised[row.id], ""};
    if (blamed.contains(row.id))
      verdict.verdict = blamed[row.id];
    else if (implied.contains(row.id))
      verdict = {&row, row.level == Level::must ? Verdict::fail : Verdict::warn, verdict.exercised,
                 "follows from " + implied[row.id]};
    else if (verdict.exercised > 0 && !row.umbrella)
      verdict.verdict = Verdict::pass;
    else if (elsewhere.contains(row.id))
      verdict.reason = everywhere ? "put to the test by cases of single ABIs only"
                                  : "put to the test by the cases of all ABIs";
    else
      verdict.reason = why_skipped(row, capabilities);
    summary.requirements.push_back(std::move(verdict));
  }
  for (RequirementVerdict& verdict : summary.requirements)
    if (verdict.row->umbrella) settle_umbrella(verdict, summary.requirements);
  return summary;
}

Coverage coverage_of(const Summary& summary, Level level) {
  Coverage coverage;
  for (const RequirementVerdict& verdict : summary.requirements) {
    if (!is_about_the_procedure(*verdict.row) || verdict.row->level != level) continue;
    ++coverage.all;
    if (verdict.verdict == Verdict::skip) continue;
    ++coverage.exercised;
    if (verdict.verdict != Verdict::pass) ++coverage.violated;
  }
  return coverage;
}

bool exercises_basics(const Summary& summary, const CapabilitySet& capabilities) {
  const auto tried = [&](std::string_view id) {
    return std::any_of(summary.requirements.begin(), summary.requirements.end(),
                       [&](const RequirementVerdict& v) { return v.row->id == id && v.exercised > 0; });
  };
  return tried("OP-05") && tried("CL-04") && (tried("SK-09") || !capabilities.has(Capability::seekable)) &&
         (tried("RD-04") || tried("WR-04"));
}

}  // namespace mmio_cts
