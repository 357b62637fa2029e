#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <tl/expected.hpp>

#include "suite/candidate/library_image.h"
#include "suite/candidate/mapped_reader.h"

namespace mmio_cts {

/// Reads a PE32 or PE32+ library whose header, "PE\0\0", stands at offset `header`. Errors as of read_image.
tl::expected<LibraryImage, CandidateError> read_pe_image(std::span<const std::byte> bytes,
                                                         std::uint32_t header);

/// A data directory of a PE image.
struct PeTable {
  std::uint32_t address = 0;  ///< from the image's base; 0 if there is none
  std::uint32_t size = 0;
};

/// The export table, unsorted. Failures are remembered in `image`.
std::vector<ExportedSymbol> read_pe_exports(MappedReader& image, PeTable table);

/// The import table; `wide` for PE32+. Failures are remembered in `image`.
std::vector<ImportedModule> read_pe_imports(MappedReader& image, PeTable table, bool wide);

}  // namespace mmio_cts
