#pragma once

#include <cstddef>
#include <span>
#include <tl/expected.hpp>

#include "suite/candidate/library_image.h"

namespace mmio_cts {

/// Reads an ELF library; the bytes begin with "\x7F" "ELF". Errors as of read_image.
tl::expected<LibraryImage, CandidateError> read_elf_image(std::span<const std::byte> bytes);

}  // namespace mmio_cts
