#pragma once

#include <cstdint>
#include <vector>

#include "suite/script/case.h"
#include "suite/script/parameters.h"

namespace mmio_cts {

/// A document with "sweep": ["write", ...] becomes one for every way in which a call of these kinds can fail,
/// with that in place of its steps `{"fault": "sweep"}`, or one for each kind, after which the process is
/// killed, in place of `{"fault": "kill"}`; any other stays alone. With an
/// "error" in that step it is about that alone, once. Throws std::invalid_argument for an
/// unknown kind, and where sweep and such steps do not go together.
std::vector<Instance> expand_sweep(Instance instance);

/// The case with the fault on the nth call, from 1, in place of each in turn: `swept` sweeps.
Case at_call(const Case& swept, std::int64_t nth);

}  // namespace mmio_cts
