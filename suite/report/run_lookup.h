#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "suite/contract/contract.h"
#include "suite/run/candidate_run.h"

namespace mmio_cts {

/// Where the sources of a row disagree, in the order of the row.
std::vector<const Contradiction*> contradictions_of(const Requirement& row, const Contract& contract);

/// The catalogue's texts mark what is important as **this**; here without the marks.
std::string without_emphasis(std::string_view text);

/// How often; 0 for a summary of nothing.
int count_of(const Summary& summary, Verdict verdict);

/// The run of a case of this run.
const CaseRun& run_of(const CandidateRun& run, const Case& script);

/// How the process ended; null if it came back from every step.
const EndObservation* end_of(const CaseRun& one);

}  // namespace mmio_cts
