#pragma once

#include <string>
#include <string_view>

#include "suite/contract/contract.h"
#include "suite/report/text_layout.h"
#include "suite/run/candidate_run.h"

namespace mmio_cts {

/// A finding in full: requirement, expected and actual, why it matters, how to mend it, how the suite rules
/// where sources disagree, the occurrence that shows it best and the command that replays that.
std::string finding_text(const Finding& finding, const CandidateRun& run, const Contract& contract,
                         const Paint& paint, std::string_view command);

/// A finding in a few lines: what, expected and actual, where.
std::string short_finding_text(const Finding& finding, const CandidateRun& run, const Paint& paint);

/// "MUST WF-05" in its colour; a violation that makes a run fail, `fails`, stands out.
std::string row_label(Level level, std::string_view id, bool fails, const Paint& paint);

}  // namespace mmio_cts
