#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "suite/candidate/library_image.h"

namespace mmio_cts {

/// An export of a library made for a test.
struct TestExport {
  std::string name;            ///< empty: by ordinal only
  std::string forwarder = {};  ///< PE only
  bool data = false;           ///< not code
  int same_address_as = -1;    ///< index of the export that this is another name of
};

/// What a library made for a test says of itself. It has headers and tables, but no code worth running.
struct TestImage {
  std::vector<TestExport> exports = {};
  std::vector<ImportedModule> imports = {};
  std::uint32_t first_ordinal = 1;  ///< PE only
  bool clr = false;                 ///< PE only: has a CLR header
  bool library = true;              ///< else an executable
};

std::vector<std::byte> make_pe(Abi abi, const TestImage& image);
std::vector<std::byte> make_elf(const TestImage& image);
std::vector<std::byte> make_image(Abi abi, const TestImage& image);

/// Overwrites the two bytes at `offset`, little-endian.
std::vector<std::byte> with_u16(std::vector<std::byte> bytes, std::size_t offset, std::uint16_t value);

std::vector<std::byte> bytes_of(std::string_view text);

/// Where make_pe puts the PE header.
inline constexpr std::size_t test_pe_header = 0x80;

}  // namespace mmio_cts
