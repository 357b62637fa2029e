#include "suite/run/candidate_run.h"

#include <algorithm>

namespace mmio_cts {
namespace {

bool is_clean(const Summary& summary, Level level) {
  const bool violated = std::any_of(summary.findings.begin(), summary.findings.end(),
                                    [&](const Finding& finding) { return finding.level <= level; });
  return !violated && summary.totals.at(Verdict::crash) == 0 && summary.totals.at(Verdict::hang) == 0 &&
         summary.totals.at(Verdict::error) == 0;
}

}  // namespace

bool has_violation(const CandidateRun& run) {
  return !is_clean(run.common, run.level) || !is_clean(run.per_abi, run.level);
}

bool is_conformant(const CandidateRun& run) {
  return !run.interrupted && tested_anything(run) && !has_violation(run);
}

bool tested_anything(const CandidateRun& run) {
  return run.capabilities.opens && exercises_basics(run.common);
}

std::string role_of(const CapabilitySet& capabilities) {
  if (!capabilities.has(Capability::write)) return "read-only";
  return capabilities.has(Capability::read) ? "read-write" : "write-only";
}

}  // namespace mmio_cts
