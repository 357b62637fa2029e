#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "suite/run/sandbox.h"

namespace mmio_cts {

/// What a worker was kept from, as a report tells of it.
nlohmann::ordered_json containment_json(const Containment& containment);

/// Of a document that follows the schema of reports.
Containment containment_from(const nlohmann::json& document);

/// What holds for all of them, of which there is at least one: where they differ the weakest limit, every
/// name and all that is missing somewhere.
Containment common_containment(const std::vector<Containment>& all);

}  // namespace mmio_cts
