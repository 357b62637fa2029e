#include "suite/candidate/pe_image.h"

#include <fmt/format.h>

#include <algorithm>

#include "suite/contract/named_value.h"

namespace mmio_cts {
namespace {

using Kind = CandidateError::Kind;

constexpr NamedValue machines[] = {
    {"x86", 0x14C},           {"x86-64", 0x8664},  {"ARM", 0x1C0},     {"ARM Thumb-2", 0x1C4},
    {"ARM64", 0xAA64},        {"ARM64EC", 0xA641}, {"Itanium", 0x200}, {"Alpha", 0x184},
    {"Alpha 64", 0x284},      {"MIPS", 0x166},     {"PowerPC", 0x1F0}, {"SH-4", 0x1A6},
    {"EFI byte code", 0xEBC},
};
constexpr std::uint16_t machine_x86 = 0x14C;
constexpr std::uint16_t machine_x86_64 = 0x8664;
constexpr std::uint16_t characteristic_dll = 0x2000;
constexpr std::uint32_t section_code = 0x20;
constexpr std::uint32_t section_execute = 0x20000000;

enum Directory { export_directory = 0, import_directory = 1, clr_directory = 14 };

/// The members of the header that matter here; all of them are 0 from the first one on that the file lacks.
struct PeHeader {
  std::uint16_t machine, section_count, characteristics, magic;
  std::uint32_t section_alignment, headers_size;
  std::uint64_t section_table;
  PeTable exports, imports, clr;
};

PeHeader read_header(ByteReader& file, std::uint64_t header) {
  constexpr std::uint16_t magic_wide = 0x20B;
  PeHeader pe{};
  const std::uint64_t optional = header + 24;
  pe.machine = file.u16(header + 4, "the machine of the PE header");
  pe.section_count = file.u16(header + 6, "the number of sections");
  pe.section_table = optional + file.u16(header + 20, "the size of the optional header");
  pe.characteristics = file.u16(header + 22, "the characteristics of the PE header");
  pe.magic = file.u16(optional, "the optional header");
  pe.section_alignment = file.u32(optional + 32, "the section alignment");
  pe.headers_size = file.u32(optional + 60, "the size of the headers");
  const std::uint64_t directories = optional + (pe.magic == magic_wide ? 112 : 96);
  const std::uint32_t directory_count = file.u32(directories - 4, "the number of data directories");
  const auto directory = [&](Directory index) -> PeTable {
    if (index >= static_cast<std::int64_t>(directory_count)) return {};
    const std::uint64_t place = directories + 8u * index;
    return {file.u32(place, "a data directory"), file.u32(place + 4, "a data directory")};
  };
  pe.exports = directory(export_directory);
  pe.imports = directory(import_directory);
  pe.clr = directory(clr_directory);
  return pe;
}

std::vector<Region> read_sections(ByteReader& file, const PeHeader& pe) {
  constexpr std::uint32_t page = 0x1000;
  const bool paged = pe.section_alignment >= page;
  std::vector<Region> regions = {{0, pe.headers_size, 0, pe.headers_size, false}};
  for (std::uint32_t i = 0; i < pe.section_count && file.ok(); ++i) {
    const std::uint64_t entry = pe.section_table + 40u * i;
    const std::uint32_t virtual_size = file.u32(entry + 8, "the section table");
    const std::uint32_t address = file.u32(entry + 12, "the section table");
    const std::uint32_t raw_size = file.u32(entry + 16, "the section table");
    std::uint32_t offset = file.u32(entry + 20, "the section table");
    const std::uint32_t flags = file.u32(entry + 36, "the section table");
    // So does the Windows loader, unless the image is mapped as it lies in the file.
    if (paged) offset &= ~0x1FFu;
    const std::uint64_t size = virtual_size != 0 ? virtual_size : raw_size;
    const std::uint64_t stored = offset == 0 ? 0 : raw_size;
    // What lies past the virtual size is padding, which some linkers leave out at the end of the file.
    if (stored != 0) file.require(offset, std::min(stored, size), fmt::format("section {}", i + 1));
    regions.push_back({address, (size + page - 1) / page * page, offset, stored,
                       (flags & (section_code | section_execute)) != 0});
  }
  return regions;
}

CandidateError refuse(Kind kind, std::string what) { return {kind, {"", "", std::move(what)}}; }

}  // namespace

tl::expected<LibraryImage, CandidateError> read_pe_image(std::span<const std::byte> bytes,
                                                         std::uint32_t header) {
  ByteReader file(bytes);
  const PeHeader pe = read_header(file, header);
  const auto damaged = [&] { return tl::unexpected(CandidateError{Kind::not_a_library, *file.failure()}); };
  if (!file.ok()) return damaged();

  const bool wide = pe.machine == machine_x86_64;
  if (pe.machine != machine_x86 && pe.machine != machine_x86_64) {
    const auto known = find_name(machines, pe.machine);
    const std::string machine = known ? std::string(*known) : fmt::format("machine 0x{:x}", pe.machine);
    return tl::unexpected(refuse(Kind::wrong_machine, fmt::format("a Windows PE image for {}", machine)));
  }
  const std::string_view format = wide ? "PE32+" : "PE32";
  if (pe.magic != (wide ? 0x20B : 0x10B))
    return tl::unexpected(refuse(
        Kind::not_a_library, fmt::format("damaged: a PE image for {} whose optional header is of kind 0x{:x}",
                                         wide ? "x86-64" : "x86", pe.magic)));
  if ((pe.characteristics & characteristic_dll) == 0)
    return tl::unexpected(
        refuse(Kind::not_a_library, fmt::format("a Windows program ({} executable), not a library", format)));
  if (pe.clr.address != 0 && pe.exports.address == 0)
    return tl::unexpected(
        refuse(Kind::not_a_library, "a .NET assembly (a CLR header and no native exports)"));

  MappedReader mapped(file, read_sections(file, pe));
  if (!file.ok()) return damaged();
  LibraryImage image;
  image.abi = wide ? Abi::windows_x64 : Abi::windows_x86;
  image.format = format;
  image.machine = wide ? "x86-64" : "x86";
  image.exports = read_pe_exports(mapped, pe.exports);
  image.imports = read_pe_imports(mapped, pe.imports, wide);
  if (!file.ok()) return damaged();
  return image;
}

}  // namespace mmio_cts
