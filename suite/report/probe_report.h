#pragma once

#include <string>

#include "suite/report/text_layout.h"
#include "suite/run/candidate_run.h"

namespace mmio_cts {

/// What a library is and what a probe found out about its procedure, for a person, with the manifest that
/// would say so.
std::string probe_report(const Candidate& candidate, const Manifest& declared, const Probed& probed,
                         bool colour);

}  // namespace mmio_cts
