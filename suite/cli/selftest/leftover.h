#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace mmio_cts {

/// The ids and command lines of processes that come from workers whose folders are in `folder`, or are at
/// work there. Waits up to two seconds until there are none.
std::vector<std::string> processes_left_by(const std::filesystem::path& folder);

}  // namespace mmio_cts
