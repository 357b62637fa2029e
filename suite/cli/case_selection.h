#pragma once

#include <filesystem>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "suite/contract/contract.h"
#include "suite/contract/error.h"
#include "suite/script/case.h"

namespace mmio_cts {

/// The cases below `folder` whose id matches one of the globs ("writeflush/*"); all if there is no glob. A
/// glob without '@' and '/' also matches any part of an id. Sorted by id.
tl::expected<std::vector<Case>, Error> select_cases(const std::filesystem::path& folder,
                                                    const std::vector<std::string>& globs,
                                                    const Contract& contract);

}  // namespace mmio_cts
