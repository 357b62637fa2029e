#pragma once

#include <nlohmann/json.hpp>

#include "suite/script/case.h"
#include "suite/trace/observation.h"

namespace mmio_cts {

/// The trace that trace_json has told, as far as it has: told again it gives the same text. What it leaves
/// out is made up: bytes of data behind the first, the values of members, the middle of a very long trace.
/// `told` satisfies the published schema. Throws std::invalid_argument for what that cannot tell: a step that
/// the case does not have, or more bytes than a case can see.
Trace trace_from_json(const nlohmann::json& told, const Case& script);

}  // namespace mmio_cts
