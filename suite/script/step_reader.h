#pragma once

#include <nlohmann/json_fwd.hpp>

#include "suite/script/step.h"

namespace mmio_cts {

/// A step from its JSON form, which satisfies case.schema.json and has no parameters left in it. `repeat` is
/// no step of this kind. Throws std::invalid_argument with a sentence about what is wrong where the schema
/// cannot tell: an unknown flag, message, origin or error code name.
Step read_step(const nlohmann::json& document);

/// "send READ", "send WRITE" (also for WRITEFLUSH), "send other", "prepare" ...: the definition of
/// case.schema.json that a step has to satisfy; empty if the step has no verb.
std::string step_definition(const nlohmann::json& document);

}  // namespace mmio_cts
