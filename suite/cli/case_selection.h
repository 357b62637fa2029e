#pragma once

#include <filesystem>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "suite/contract/contract.h"
#include "suite/contract/error.h"
#include "suite/run/case_order.h"
#include "suite/script/case.h"

namespace mmio_cts {

/// Whether cases that are there for a sweep are selected at all.
enum class Sweeps { left_out, taken };

/// The cases below `folder` that match one of the globs; all if there is no glob. A glob matches a case's id
/// ("writeflush/*"), a requirement that it is about ("WF-0?") or a message that it sends ("SEEK"); one
/// without '@', '/' and wild cards, unless it is one of the latter two, also any part of an id. Sorted by id.
tl::expected<std::vector<Case>, Error> select_cases(const std::filesystem::path& folder,
                                                    const std::vector<std::string>& globs,
                                                    const Contract& contract, Sweeps sweeps = Sweeps::taken);

/// What to say where nothing is selected.
Error no_case_selected();

/// Reads "2/3".
tl::expected<Shard, Error> parse_shard(const std::string& text);

}  // namespace mmio_cts
