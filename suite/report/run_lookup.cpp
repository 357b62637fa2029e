#include "suite/report/run_lookup.h"

#include <algorithm>
#include <stdexcept>

namespace mmio_cts {

std::vector<const Contradiction*> contradictions_of(const Requirement& row, const Contract& contract) {
  std::vector<const Contradiction*> all;
  for (const std::string& id : row.contradictions)
    if (const Contradiction* contradiction = contract.find_contradiction(id)) all.push_back(contradiction);
  return all;
}

std::string without_emphasis(std::string_view text) {
  std::string plain(text);
  for (std::size_t at = plain.find("**"); at != plain.npos; at = plain.find("**", at)) plain.erase(at, 2);
  return plain;
}

int count_of(const Summary& summary, Verdict verdict) {
  const auto found = summary.totals.find(verdict);
  return found == summary.totals.end() ? 0 : found->second;
}

const CaseRun& run_of(const CandidateRun& run, const Case& script) {
  const auto found = std::find_if(run.cases.begin(), run.cases.end(),
                                  [&](const CaseRun& one) { return one.judged.script == &script; });
  if (found == run.cases.end()) throw std::logic_error("a summary names a case of another run: " + script.id);
  return *found;
}

const EndObservation* end_of(const CaseRun& one) {
  return one.trace.empty() ? nullptr : std::get_if<EndObservation>(&one.trace.back());
}

}  // namespace mmio_cts
