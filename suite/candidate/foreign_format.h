#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "suite/candidate/candidate_error.h"

namespace mmio_cts {

/// What a file is that neither begins with an ELF header nor leads from an MZ header to a PE header, e.g.
/// "a 16-bit Windows library (NE)". Says something for any bytes.
CandidateError describe_foreign_format(std::span<const std::byte> bytes);

}  // namespace mmio_cts
