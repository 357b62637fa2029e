#include "suite/judge/evidence.h"

#include <algorithm>
#include <optional>

#include "suite/judge/finding_code.h"
#include "suite/judge/suspects.h"

namespace mmio_cts {
namespace {

class Gatherer {
 public:
  explicit Gatherer(const Contract& contract) : contract_(contract) {}

  Evidence gather(const JudgedCase& judged) const {
    const CaseResult& result = judged.result;
    Evidence evidence;
    evidence.judged = &judged;
    evidence.file = judged.script->name();
    evidence.counts = result.end != CaseEnd::skipped && result.end != CaseEnd::error;
    const UsedRows used(judged);
    take_violations(judged, used, evidence);
    evidence.is_clean = evidence.counts && evidence.noticed.empty();
    for (const auto& [row, step] : used.in_play()) add(row, evidence.in_play);
    for (const std::string& row : used.all()) add(row, evidence.used);
    if (evidence.is_clean)
      for (const std::string& row : result.decided) add(row, evidence.decided);
    std::sort(evidence.used.begin(), evidence.used.end());
    return evidence;
  }

 private:
  // A contract may hold some of the rows only.
  void add(const std::string& id, std::vector<std::size_t>& rows) const {
    if (const Requirement* row = contract_.find(id))
      rows.push_back(static_cast<std::size_t>(row - contract_.requirements().data()));
  }

  // Who takes the parameters of a message that it does not know for addresses breaks another row (US-08).
  static bool can_come_from(const Requirement& surroundings, const Violation& violation) {
    // A message that is disturbed in the middle may give any answer.
    if (surroundings.id == "IP-20") return true;
    const Symptom symptom = finding_code(violation.code).symptom;
    return symptom != Symptom::itself && (symptom != Symptom::ending || !surroundings.id.starts_with("US-"));
  }

  void take_violations(const JudgedCase& judged, const UsedRows& used, Evidence& evidence) const {
    std::optional<Level> strongest;
    for (const Violation& violation : judged.result.violations) {
      const Requirement* row = contract_.find(violation.requirement);
      if (!may_be_blamed(row) || (strongest && *strongest <= row->level)) continue;
      strongest = row->level;
      const Requirement* surroundings = contract_.find(surroundings_row(*judged.script));
      if (surroundings != nullptr && can_come_from(*surroundings, violation))
        evidence.noticed.push_back({&judged, &violation, Level::should, {surroundings->id}});
      else
        evidence.noticed.push_back({&judged, &violation, row->level, used.suspects(contract_, violation)});
    }
  }

  const Contract& contract_;
};

}  // namespace

std::vector<Evidence> gather_evidence(const Contract& contract, const std::vector<JudgedCase>& cases) {
  const Gatherer gatherer(contract);
  std::vector<Evidence> all;
  all.reserve(cases.size());
  for (const JudgedCase& judged : cases) all.push_back(gatherer.gather(judged));
  return all;
}

}  // namespace mmio_cts
