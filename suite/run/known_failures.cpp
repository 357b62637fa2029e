#include "suite/run/known_failures.h"

#include <algorithm>

namespace mmio_cts {
namespace {

constexpr std::string_view state_names[] = {"seen", "stale", "expired", "not_tried"};

bool covers(const KnownFailure& known, const Finding& finding) {
  return known.requirement == finding.requirement && (known.code.empty() || known.code == finding.code);
}

// Of a shard that is not asked: all shards have to agree on what day it is.
bool has_expired(const KnownFailure& known, const CandidateRun& run) {
  if (run.shard) return false;
  constexpr std::size_t length_of_day = 10;
  // Days in this form are in the order of their texts.
  return run.started_at.substr(0, length_of_day) > known.expires;
}

KnownState state_of(const KnownFailure& known, const CandidateRun& run) {
  if (has_expired(known, run)) return KnownState::expired;
  bool tried = false;
  for (const Summary* summary : {&run.common, &run.per_abi}) {
    if (std::any_of(summary->findings.begin(), summary->findings.end(),
                    [&](const Finding& finding) { return covers(known, finding); }))
      return KnownState::seen;
    for (const RequirementVerdict& verdict : summary->requirements)
      tried = tried || (verdict.row->id == known.requirement && verdict.exercised > 0);
  }
  return tried && !run.interrupted && !run.selected && !run.shard ? KnownState::stale : KnownState::not_tried;
}

}  // namespace

std::string_view known_state_name(KnownState state) { return state_names[static_cast<int>(state)]; }

std::vector<KnownOutcome> known_outcomes(const CandidateRun& run) {
  std::vector<KnownOutcome> outcomes;
  for (const KnownFailure& known : run.manifest.known_failures)
    outcomes.push_back({&known, state_of(known, run)});
  return outcomes;
}

const KnownFailure* known_failure_of(const CandidateRun& run, const Finding& finding, Expired expired) {
  for (const KnownFailure& known : run.manifest.known_failures)
    if (covers(known, finding) && (expired == Expired::included || !has_expired(known, run))) return &known;
  return nullptr;
}

}  // namespace mmio_cts
