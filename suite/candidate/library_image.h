#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "suite/candidate/candidate_error.h"
#include "suite/contract/abi.h"

namespace mmio_cts {

/// A symbol that a library exports. Names are printable UTF-8: what is exported under any other name has an
/// ordinal only (PE) or is left out (ELF).
struct ExportedSymbol {
  std::string name;                      ///< empty if exported by ordinal only
  std::optional<std::uint32_t> ordinal;  ///< PE only
  std::uint64_t address = 0;             ///< from the image's base
  std::string forwarder;                 ///< PE only: "module.symbol" if another module has it, else empty
  bool code = false;                     ///< a function rather than data; always true for a forwarder
};

/// The name, or "#3" if there is an ordinal only.
std::string export_label(const ExportedSymbol& symbol);

/// A module that a library needs before it can be loaded (PE import table without delayed imports, ELF
/// DT_NEEDED).
struct ImportedModule {
  std::string name;                  ///< as written in the library, e.g. "KERNEL32.dll"
  std::vector<std::string> symbols;  ///< PE only: names, and "#3" for ordinals
};

/// What the header of a shared library says, without loading it.
struct LibraryImage {
  Abi abi;
  std::string format;                   ///< "PE32", "PE32+" or "ELF64"
  std::string machine;                  ///< "x86" or "x86-64"
  std::vector<ExportedSymbol> exports;  ///< by name, those without one last and by ordinal
  std::vector<ImportedModule> imports;  ///< in the library's order
};

/// Reads the bytes of a library file. Whatever the bytes are: no crash, and time and memory are bounded by
/// their number and by fixed limits of what a library may hold. What is no shared library of one of the three
/// ABIs is refused in one line that says what it is (not_a_library, wrong_machine); the error's file is left
/// empty.
tl::expected<LibraryImage, CandidateError> read_image(std::span<const std::byte> bytes);

}  // namespace mmio_cts
