#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <tl/expected.hpp>

#include "suite/contract/error.h"

namespace mmio_cts {

/// The SHA-256 digest of `bytes`, as 64 lower-case hexadecimal digits. An error only if the platform's
/// cryptography refuses to work.
tl::expected<std::string, Error> sha256(std::span<const std::byte> bytes);

}  // namespace mmio_cts
