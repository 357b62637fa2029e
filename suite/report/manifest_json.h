#pragma once

#include <nlohmann/json.hpp>

#include "suite/candidate/candidate.h"
#include "suite/run/candidate_run.h"

namespace mmio_cts {

/// The manifest that says of a candidate what was declared and what a probe found out, so that nothing needs
/// to be inferred any more; by the published schema.
nlohmann::ordered_json manifest_json(const Candidate& candidate, const Manifest& declared,
                                     const Probed& probed);

}  // namespace mmio_cts
