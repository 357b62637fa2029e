#pragma once

#include <nlohmann/json.hpp>

#include "suite/run/candidate_run.h"

namespace mmio_cts {

/// What was seen of one case, in order, as far as it is the same in every run and on every ABI: no address,
/// no value of a member. Of data the size and the first bytes; of a very long trace the beginning and the
/// end.
nlohmann::ordered_json trace_json(const CaseRun& one);

}  // namespace mmio_cts
