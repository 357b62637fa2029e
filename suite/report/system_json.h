#pragma once

#include <nlohmann/json.hpp>

#include "suite/judge/fault_tally.h"
#include "suite/judge/system_use.h"

namespace mmio_cts {

/// The "faults" of a report.
nlohmann::ordered_json to_json(const FaultTallies& faults);

/// Its inverse. Names of messages and faults that there are not are left out.
FaultTallies fault_tallies_from(const nlohmann::json& document);

/// The "system" of a report.
nlohmann::ordered_json to_json(const SystemUses& system);

/// Its inverse; as above.
SystemUses system_uses_from(const nlohmann::json& document);

}  // namespace mmio_cts
