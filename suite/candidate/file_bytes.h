#pragma once

#include <cstddef>
#include <filesystem>
#include <tl/expected.hpp>
#include <vector>

#include "suite/candidate/candidate_error.h"

namespace mmio_cts {

/// The bytes of a library file. Errors of kind cannot_read: it is missing, a folder, a device, may not be
/// read, or is larger than 512 MiB, as no library is.
tl::expected<std::vector<std::byte>, CandidateError> read_library_file(const std::filesystem::path& path);

}  // namespace mmio_cts
