#pragma once

#include <string>
#include <string_view>

#include "suite/contract/contract.h"
#include "suite/run/candidate_run.h"

namespace mmio_cts {

/// What a person needs to act on a run, text_width columns wide where a command line does not need more: the
/// candidate, what was skipped, every finding with the way to mend and to replay it, and at the bottom the
/// totals and the verdict. A conformant run is a few lines. `command` starts the program.
std::string console_report(const CandidateRun& run, const Contract& contract, bool colour,
                           std::string_view command);

}  // namespace mmio_cts
