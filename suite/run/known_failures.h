#pragma once

#include <string_view>
#include <vector>

#include "suite/run/candidate_run.h"

namespace mmio_cts {

/// What became of a failure that was declared as known.
enum class KnownState {
  seen,       ///< it still fails, and that is accepted
  stale,      ///< its requirement passed: it is to be taken out of the manifest
  expired,    ///< its last day is over: it counts as any other failure
  not_tried,  ///< not all cases were run (never of a shard are they), or none puts its requirement to the
              ///< test
};
std::string_view known_state_name(KnownState state);

struct KnownOutcome {
  const KnownFailure* failure;  ///< lives as long as the run
  KnownState state;
};

/// One per known failure of the manifest, in its order. Today is the day on which the run was started, in
/// UTC.
std::vector<KnownOutcome> known_outcomes(const CandidateRun& run);

/// Whether an expired one counts as well.
enum class Expired { excluded, included };

/// The known failure that this finding is; null if it is none.
const KnownFailure* known_failure_of(const CandidateRun& run, const Finding& finding,
                                     Expired expired = Expired::excluded);

}  // namespace mmio_cts
