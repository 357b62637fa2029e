#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "suite/candidate/byte_reader.h"

namespace mmio_cts {

/// A section (PE) or loadable segment (ELF): where it lies in memory and where in the file. Addresses are as
/// the image counts them: from its base.
struct Region {
  std::uint64_t address;
  std::uint64_t memory_size;  ///< bytes in memory; those past stored_size are zero
  std::uint64_t file_offset;
  std::uint64_t stored_size;  ///< bytes in the file
  bool executable;
};

/// Reads a library by the addresses that its loader would use. Like ByteReader a read outside answers 0 and
/// is remembered in the ByteReader that lies beneath.
class MappedReader {
 public:
  /// `file` outlives this. Of a region that reaches past the end of the file only the part inside counts as
  /// stored.
  MappedReader(ByteReader& file, std::vector<Region> regions);

  std::uint8_t u8(std::uint64_t address, std::string_view what);
  std::uint16_t u16(std::uint64_t address, std::string_view what);
  std::uint32_t u32(std::uint64_t address, std::string_view what);
  std::uint64_t u64(std::uint64_t address, std::string_view what);

  /// The bytes up to the next zero. All names together cannot be longer than twice the file: tables whose
  /// names overlap without limit fail instead.
  std::string name(std::uint64_t address, std::string_view what);

  /// Whether there is code at an address.
  bool executable(std::uint64_t address) const;

  bool ok() const { return file_.ok(); }
  /// A failure at an address; `message` says what is wrong.
  void fail(std::uint64_t address, std::string_view message);

 private:
  const Region* find(std::uint64_t address) const;
  /// The file offset of `size` stored bytes at `address`; none if they are zero, or outside, which is a
  /// failure.
  std::optional<std::uint64_t> stored(std::uint64_t address, std::uint64_t size, std::string_view what);

  ByteReader& file_;
  std::vector<Region> regions_;
  std::uint64_t name_bytes_left_;
};

}  // namespace mmio_cts
