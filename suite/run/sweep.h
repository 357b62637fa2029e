#pragma once

#include <functional>

#include "suite/run/candidate_run.h"

namespace mmio_cts {

/// Runs of one case that sweeps: more calls that could fail than these are not tried.
inline constexpr int most_runs_of_a_sweep = 500;

/// Runs `swept`, which sweeps, with the 1st, 2nd ... call failing until none is left, or until something is
/// wrong: then that run is what is shown. If all is right it is the last one, in which nothing failed, with
/// what was put to the test in all of them. Skipped where the procedure asks the system for nothing of the
/// kind; an error of the suite if it does, but nothing came of the fault.
CaseRun run_sweep(const Case& swept, const std::function<CaseRun(Case)>& run_one);

}  // namespace mmio_cts
