#include "suite/candidate/elf_image.h"

#include <fmt/format.h>

#include <algorithm>

#include "suite/candidate/mapped_reader.h"
#include "suite/contract/named_value.h"
#include "suite/contract/printable.h"

namespace mmio_cts {
namespace {

using Kind = CandidateError::Kind;

constexpr NamedValue machines[] = {{"SPARC", 2},       {"x86", 3},     {"MIPS", 8},      {"PowerPC", 20},
                                   {"PowerPC 64", 21}, {"S/390", 22},  {"ARM", 40},      {"SPARC 64", 43},
                                   {"Itanium", 50},    {"x86-64", 62}, {"AArch64", 183}, {"RISC-V", 243},
                                   {"LoongArch", 258}};
constexpr std::uint16_t machine_x86_64 = 62;

constexpr std::uint16_t type_shared = 3;
constexpr std::string_view type_names[] = {"an ELF file without a type", "an object file (ELF)",
                                           "a Linux program (ELF executable), not a library", "",
                                           "a core dump"};

/// No library has as many; the hash tables of a damaged one may claim any number.
constexpr std::uint64_t most_symbols = 1 << 20;
constexpr std::size_t most_modules = 4096;

/// The entries of the dynamic section that matter here. Addresses; 0 if missing.
struct Dynamic {
  std::vector<std::uint64_t> needed;  ///< offsets in the string table
  std::uint64_t hash = 0, gnu_hash = 0, strings = 0, symbols = 0, flags_1 = 0;
};

Dynamic read_dynamic(MappedReader& image, std::uint64_t address, std::uint64_t size) {
  constexpr std::string_view what = "the dynamic section";
  Dynamic dynamic;
  for (std::uint64_t i = 0; i < size / 16 && image.ok(); ++i) {
    const std::uint64_t tag = image.u64(address + 16 * i, what);
    const std::uint64_t value = image.u64(address + 16 * i + 8, what);
    if (tag == 0) break;
    if (tag == 1) dynamic.needed.push_back(value);
    if (tag == 4) dynamic.hash = value;
    if (tag == 5) dynamic.strings = value;
    if (tag == 6) dynamic.symbols = value;
    if (tag == 0x6FFFFEF5) dynamic.gnu_hash = value;
    if (tag == 0x6FFFFFFB) dynamic.flags_1 = value;
  }
  if (dynamic.needed.size() > most_modules) image.fail(address, "damaged: more than 4096 needed libraries");
  return dynamic;
}

/// The length of the symbol table is written nowhere but in the hash tables, by which the loader finds
/// symbols.
std::uint64_t count_symbols(MappedReader& image, const Dynamic& dynamic) {
  constexpr std::string_view what = "the symbol hash table";
  std::uint64_t count = 0;
  if (dynamic.gnu_hash != 0) {
    const std::uint32_t bucket_count = image.u32(dynamic.gnu_hash, what);
    const std::uint32_t first_hashed = image.u32(dynamic.gnu_hash + 4, what);
    const std::uint32_t bloom_size = image.u32(dynamic.gnu_hash + 8, what);
    const std::uint64_t buckets = dynamic.gnu_hash + 16 + std::uint64_t{bloom_size} * 8;
    const std::uint64_t chains = buckets + std::uint64_t{bucket_count} * 4;
    std::uint32_t last = 0;
    for (std::uint64_t i = 0; i < bucket_count && i <= most_symbols && image.ok(); ++i)
      last = std::max(last, image.u32(buckets + 4 * i, what));
    if (last >= first_hashed && last != 0) {
      count = last;
      while (image.ok() && count <= most_symbols &&
             (image.u32(chains + 4 * (count - first_hashed), what) & 1) == 0)
        ++count;
      ++count;
    }
  } else if (dynamic.hash != 0) {
    count = image.u32(dynamic.hash + 4, what);
  }
  if (count > most_symbols) image.fail(dynamic.symbols, "damaged: more than a million symbols");
  return image.ok() ? count : 0;
}

std::vector<ExportedSymbol> read_exports(MappedReader& image, const Dynamic& dynamic) {
  constexpr std::string_view what = "the symbol table";
  std::vector<ExportedSymbol> symbols;
  const std::uint64_t count = count_symbols(image, dynamic);
  for (std::uint64_t i = 1; i < count && image.ok(); ++i) {
    const std::uint64_t entry = dynamic.symbols + 24 * i;
    const std::uint32_t name = image.u32(entry, what);
    const std::uint8_t info = image.u8(entry + 4, what);
    const std::uint8_t visibility = image.u8(entry + 5, what) & 3;
    const std::uint16_t section = image.u16(entry + 6, what);
    const int binding = info >> 4;
    const int type = info & 15;
    const bool exported = (binding == 1 || binding == 2 || binding == 10) &&
                          (visibility == 0 || visibility == 3) && section != 0 && (type <= 2 || type == 10);
    if (!exported) continue;
    ExportedSymbol symbol;
    symbol.name = image.name(dynamic.strings + name, "the name of a symbol");
    symbol.address = image.u64(entry + 8, what);
    constexpr std::uint16_t absolute = 0xFFF1;
    const bool untyped_code = type == 0 && section != absolute && image.executable(symbol.address);
    symbol.code = type == 2 || type == 10 || untyped_code;
    if (!symbol.name.empty() && is_printable(symbol.name)) symbols.push_back(std::move(symbol));
  }
  return symbols;
}

tl::unexpected<CandidateError> refuse(Kind kind, std::string what) {
  return tl::unexpected(CandidateError{kind, {"", "", std::move(what)}});
}

std::optional<CandidateError> wrong_machine(ByteReader& file) {
  const std::uint8_t bits = file.u8(4, "the class of the ELF header");
  const bool big_endian = file.u8(5, "the byte order of the ELF header") == 2;
  std::uint16_t machine = file.u16(18, "the machine of the ELF header");
  if (!file.ok()) return CandidateError{Kind::not_a_library, *file.failure()};
  if (big_endian) machine = static_cast<std::uint16_t>(machine << 8 | machine >> 8);
  if (bits == 2 && !big_endian && machine == machine_x86_64) return std::nullopt;
  const auto known = find_name(machines, machine);
  return CandidateError{
      Kind::wrong_machine,
      {"", "",
       fmt::format("a {}-bit {}ELF image for {}", bits == 1 ? 32 : 64, big_endian ? "big-endian " : "",
                   known ? std::string(*known) : fmt::format("machine {}", machine))}};
}

}  // namespace

tl::expected<LibraryImage, CandidateError> read_elf_image(std::span<const std::byte> bytes) {
  ByteReader file(bytes);
  if (auto refused = wrong_machine(file)) return tl::unexpected(std::move(*refused));
  const std::uint16_t type = file.u16(16, "the type of the ELF header");
  const std::uint64_t table = file.u64(32, "the offset of the program headers");
  const std::uint16_t entry_size = file.u16(54, "the size of a program header");
  const std::uint16_t count = file.u16(56, "the number of program headers");
  const auto damaged = [&] { return tl::unexpected(CandidateError{Kind::not_a_library, *file.failure()}); };
  if (!file.ok()) return damaged();
  if (type != type_shared)
    return refuse(
        Kind::not_a_library,
        std::string(type < std::size(type_names) ? type_names[type] : "an ELF file of unknown type"));

  std::vector<Region> regions;
  std::uint64_t dynamic_address = 0;
  std::uint64_t dynamic_size = 0;
  file.require(table, std::uint64_t{count} * entry_size, "the program headers");
  for (std::uint64_t i = 0; i < count && file.ok(); ++i) {
    constexpr std::string_view what = "the program headers";
    const std::uint64_t entry = table + i * entry_size;
    const std::uint32_t kind = file.u32(entry, what);
    const Region region = {file.u64(entry + 16, what), file.u64(entry + 40, what), file.u64(entry + 8, what),
                           file.u64(entry + 32, what), (file.u32(entry + 4, what) & 1) != 0};
    if (kind == 1) {
      file.require(region.file_offset, region.stored_size, fmt::format("segment {}", i + 1));
      regions.push_back(region);
    } else if (kind == 2) {
      dynamic_address = region.address;
      dynamic_size = region.memory_size;
    }
  }
  if (!file.ok()) return damaged();
  if (dynamic_size == 0) return refuse(Kind::not_a_library, "an ELF image without dynamic section");

  MappedReader mapped(file, std::move(regions));
  const Dynamic dynamic = read_dynamic(mapped, dynamic_address, dynamic_size);
  constexpr std::uint64_t position_independent_executable = 0x08000000;
  if (file.ok() && (dynamic.flags_1 & position_independent_executable) != 0)
    return refuse(Kind::not_a_library, std::string(type_names[2]));

  LibraryImage image{Abi::linux_x64, "ELF64", "x86-64", {}, {}};
  image.exports = read_exports(mapped, dynamic);
  for (std::size_t i = 0; i < dynamic.needed.size() && file.ok(); ++i)
    image.imports.push_back(
        {printable(mapped.name(dynamic.strings + dynamic.needed[i], "the name of a needed library")), {}});
  if (!file.ok()) return damaged();
  return image;
}

}  // namespace mmio_cts
