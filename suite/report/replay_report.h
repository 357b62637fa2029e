#pragma once

#include <string>

#include "suite/contract/contract.h"
#include "suite/run/candidate_run.h"

namespace mmio_cts {

/// One case with its whole trace, step by step, for a person: the step in words, the result, lDiskOffset
/// before and after, the first bytes of what a READ brought, members that were changed, and below a step what
/// is wrong with it. Ends in the case's verdict.
std::string replay_text(const CaseRun& run, const Contract& contract, bool colour);

}  // namespace mmio_cts
