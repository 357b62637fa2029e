#pragma once

#include <string_view>
#include <vector>

#include "suite/run/candidate_run.h"

namespace mmio_cts {

/// What became of a failure that was declared as known.
enum class KnownState {
  seen,       ///< it still fails, and that is accepted
  stale,      ///< its requirement passed: it is to be taken out of the manifest
  expired,    ///< its last day is over
  not_tried,  ///< its requirement was not put to the test
};
std::string_view known_state_name(KnownState state);

struct KnownOutcome {
  const KnownFailure* failure;  ///< lives as long as the run
  KnownState state;
};

/// One per known failure of the manifest, in its order. Today is the day on which the run was started, in UTC.
std::vector<KnownOutcome> known_outcomes(const CandidateRun& run);

/// The known failure that this finding is; null if it is none.
const KnownFailure* known_failure_of(const CandidateRun& run, const Finding& finding);

}  // namespace mmio_cts
