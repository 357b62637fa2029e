#pragma once

#include <string>

namespace mmio_cts {

/// What a worker runs on: "Linux 6.1", or "Wine 8.0 on Linux 6.1" where `wine` is the path of its loader.
std::string runtime_name(const std::string& wine);

}  // namespace mmio_cts
