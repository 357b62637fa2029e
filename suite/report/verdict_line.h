#pragma once

#include <string>

#include "suite/run/candidate_run.h"

namespace mmio_cts {

/// The verdict in one line, with the role and the coverage that it stands on: "CONFORMANT as a read-write
/// procedure: 96 of 112 must rows exercised, 16 not applicable or not exercised".
std::string verdict_line(const CandidateRun& run);

}  // namespace mmio_cts
