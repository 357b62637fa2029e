#pragma once

#include <nlohmann/json.hpp>

#include "suite/contract/contract.h"
#include "suite/run/candidate_run.h"

namespace mmio_cts {

// The parts of a report that exist twice: for the cases that run on every ABI and for the others.

/// Cases by verdict, and rows about the procedure by level. `must` and `should` count the rows.
nlohmann::ordered_json totals_json(const Summary& summary);
/// Name -> what was chosen, an array.
nlohmann::ordered_json traits_json(const Summary& summary);
nlohmann::ordered_json findings_json(const Summary& summary, const Contract& contract);
nlohmann::ordered_json requirement_json(const RequirementVerdict& verdict);
nlohmann::ordered_json requirements_json(const Summary& summary);
/// A case that did not pass is told with its title; one that was run also with violations and trace.
nlohmann::ordered_json cases_json(const Summary& summary, const CandidateRun& run);

}  // namespace mmio_cts
