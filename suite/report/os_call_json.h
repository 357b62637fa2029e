#pragma once

#include <nlohmann/json.hpp>

#include "suite/trace/os_call.h"

namespace mmio_cts {

/// A call of the system as a trace in a report has it. Not its name, which may be another in every run.
nlohmann::ordered_json to_json(const OsCall& call);

/// Its inverse. Throws std::invalid_argument for a kind that is none.
OsCall os_call_from(const nlohmann::json& document);

}  // namespace mmio_cts
