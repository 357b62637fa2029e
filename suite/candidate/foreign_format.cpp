#include "suite/candidate/foreign_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "suite/candidate/byte_reader.h"
#include "suite/contract/printable.h"

namespace mmio_cts {
namespace {

using namespace std::string_view_literals;
using Kind = CandidateError::Kind;

CandidateError refuse(Kind kind, std::string what) { return {kind, {"", "", std::move(what)}}; }

struct Signature {
  std::string_view bytes;
  Kind kind;
  std::string_view what;
};

constexpr Signature signatures[] = {
    {"!<arch>\n", Kind::not_a_library, "a static library or import library (ar archive: .a, .lib)"},
    {"!<thin>\n", Kind::not_a_library, "a static library (thin ar archive)"},
    {"\xFE\xED\xFA\xCE", Kind::wrong_machine, "a Mach-O image (macOS)"},
    {"\xFE\xED\xFA\xCF", Kind::wrong_machine, "a Mach-O image (macOS)"},
    {"\xCE\xFA\xED\xFE", Kind::wrong_machine, "a Mach-O image (macOS)"},
    {"\xCF\xFA\xED\xFE", Kind::wrong_machine, "a Mach-O image (macOS)"},
    {"\xCA\xFE\xBA\xBE\0\0\0"sv, Kind::wrong_machine, "a Mach-O universal image (macOS) or a Java class"},
    {"\0asm"sv, Kind::wrong_machine, "a WebAssembly module"},
    {"SZDD\x88\xF0\x27\x33", Kind::not_a_library,
     "a file compressed by COMPRESS.EXE (SZDD): expand it first"},
    {"KWAJ\x88\xF0\x27\xD1", Kind::not_a_library,
     "a file compressed by COMPRESS.EXE (KWAJ): expand it first"},
    {"MSCF", Kind::not_a_library, "a cabinet archive: unpack it first"},
    {"PK\3\4", Kind::not_a_library, "a ZIP archive: unpack it first"},
    {"7z\xBC\xAF\x27\x1C", Kind::not_a_library, "a 7z archive: unpack it first"},
    {"\x1F\x8B", Kind::not_a_library, "a gzip file: unpack it first"},
    {"\x4C\x01", Kind::not_a_library, "an object file (COFF)"},
    {"\x64\x86", Kind::not_a_library, "an object file (COFF)"},
    {"#!", Kind::not_a_library, "a script"},
};

bool is_text(std::span<const std::byte> bytes) {
  // A cut-off character at the end must not matter.
  std::string_view text(reinterpret_cast<const char*>(bytes.data()),
                        std::min<std::size_t>(bytes.size(), 1024));
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return true;
  for (int i = 0; i < 3 && !text.empty() && (text.back() & 0x80) != 0; ++i) text.remove_suffix(1);
  std::string without_breaks;
  for (const char c : text)
    if (std::string_view("\t\n\f\r\x1A").find(c) == std::string_view::npos) without_breaks += c;
  return !text.empty() && is_printable(without_breaks);
}

/// `offset` is that of the NE header.
CandidateError describe_ne(ByteReader& file, std::uint32_t offset) {
  const bool library = (file.u16(offset + 0x0C, "the flags of the NE header") & 0x8000) != 0;
  const bool os2 = file.u8(offset + 0x36, "the system of the NE header") == 1;
  if (!file.ok()) return {Kind::not_a_library, *file.failure()};
  return refuse(Kind::wrong_machine, fmt::format("a 16-bit {} {} (NE)", os2 ? "OS/2" : "Windows",
                                                 library ? "library" : "program"));
}

CandidateError describe_mz(ByteReader& file) {
  constexpr std::uint32_t new_header_follows = 0x40;
  const std::uint16_t relocations = file.u16(0x18, "the relocation offset of the MZ header");
  const std::uint32_t header = file.u32(0x3C, "the offset of the PE header");
  if (!file.ok()) return {Kind::not_a_library, *file.failure()};
  if (file.starts_with("NE", header)) return describe_ne(file, header);
  if (file.starts_with("LE", header)) return refuse(Kind::wrong_machine, "a VxD or a 32-bit OS/2 image (LE)");
  if (file.starts_with("LX", header)) return refuse(Kind::wrong_machine, "a 32-bit OS/2 image (LX)");
  if (relocations >= new_header_follows) file.require(header, 4, "the PE header");
  if (!file.ok()) return {Kind::not_a_library, *file.failure()};
  return refuse(Kind::not_a_library, "an MZ DOS program");
}

}  // namespace

CandidateError describe_foreign_format(std::span<const std::byte> bytes) {
  if (bytes.empty()) return refuse(Kind::not_a_library, "an empty file");
  ByteReader file(bytes);
  if (file.starts_with("MZ") || file.starts_with("ZM")) return describe_mz(file);
  for (const Signature& signature : signatures)
    if (file.starts_with(signature.bytes)) return refuse(signature.kind, std::string(signature.what));
  if (is_text(bytes)) return refuse(Kind::not_a_library, "a text file");
  const std::size_t shown = std::min<std::size_t>(bytes.size(), 4);
  std::string first;
  for (std::size_t i = 0; i < shown; ++i)
    first += fmt::format(" {:02x}", std::to_integer<unsigned>(bytes[i]));
  return refuse(Kind::not_a_library, fmt::format("a file of unknown format (it begins with{})", first));
}

}  // namespace mmio_cts
