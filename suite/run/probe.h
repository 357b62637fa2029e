#pragma once

#include "suite/contract/contract.h"
#include "suite/run/candidate_run.h"
#include "suite/run/case_runner.h"

namespace mmio_cts {

/// Finds out what a candidate can do by sending it a few short sequences. It never blames: what it takes for
/// absent is only not judged, and whatever speaks both ways counts as present. What `manifest` says is not
/// asked again and stands.
Probed probe(CaseRunner& runner, const Contract& contract, const Manifest& manifest,
             const AdapterFunctions& adapter);

}  // namespace mmio_cts
