#include "suite/candidate/library_image.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "suite/candidate/image_for_test.h"

namespace mmio_cts {
namespace {

using namespace std::string_view_literals;
using Kind = CandidateError::Kind;

/// "name #ordinal code >forwarder", one export a line, and "module: symbol symbol".
std::string describe(const tl::expected<LibraryImage, CandidateError>& image) {
  if (!image) return to_string(image.error().error);
  std::string text = fmt::format("{} {} {}\n", abi_name(image->abi), image->format, image->machine);
  for (const ExportedSymbol& symbol : image->exports) {
    text += export_label(symbol);
    if (symbol.ordinal) text += fmt::format(" #{}", *symbol.ordinal);
    text += symbol.code ? " code" : " data";
    text += symbol.forwarder.empty() ? "\n" : fmt::format(" >{}\n", symbol.forwarder);
  }
  for (const ImportedModule& module : image->imports) {
    text += fmt::format("{}:", module.name);
    for (const std::string& symbol : module.symbols) text += " " + symbol;
    text += "\n";
  }
  return text;
}

const TestImage windows_library = {
    .exports = {{.name = "Zulu"},
                {.name = "IOProc"},
                {.name = ""},
                {.name = "table", .data = true},
                {.name = "Elsewhere", .forwarder = "OTHER.IOProc"},
                {.name = "bad\nname"}},
    .imports = {{"KERNEL32.dll", {"CreateFileA", "#5"}},
                {"WINMM.dll", {}},
                {"helper.dll", {"#65535", "Help"}}},
    .first_ordinal = 10,
};
constexpr std::string_view its_tables =
    "Elsewhere #14 code >OTHER.IOProc\n"
    "IOProc #11 code\n"
    "Zulu #10 code\n"
    "table #13 data\n"
    "#12 #12 code\n"
    "#15 #15 code\n"
    "KERNEL32.dll: CreateFileA #5\n"
    "WINMM.dll:\n"
    "helper.dll: #65535 Help\n";

TEST(LibraryImage, ReadsBothKindsOfPeAlike) {
  EXPECT_EQ(describe(read_image(make_pe(Abi::windows_x86, windows_library))),
            fmt::format("windows-x86 PE32 x86\n{}", its_tables));
  EXPECT_EQ(describe(read_image(make_pe(Abi::windows_x64, windows_library))),
            fmt::format("windows-x64 PE32+ x86-64\n{}", its_tables));
}

TEST(LibraryImage, ReadsElf) {
  const TestImage library = {
      .exports = {{.name = "Zulu"}, {.name = "IOProc"}, {.name = "table", .data = true}},
      .imports = {{"libc.so.6", {}}, {"libhelper.so", {}}}};
  EXPECT_EQ(describe(read_image(make_elf(library))),
            "linux-x64 ELF64 x86-64\nIOProc code\nZulu code\ntable data\nlibc.so.6:\nlibhelper.so:\n");
}

TEST(LibraryImage, WithoutTablesHasNoExportsAndImports) {
  EXPECT_EQ(describe(read_image(make_pe(Abi::windows_x86, {}))), "windows-x86 PE32 x86\n");
  EXPECT_EQ(describe(read_image(make_elf({}))), "linux-x64 ELF64 x86-64\n");
}

TEST(LibraryImage, IsALibraryThoughItHasAClrHeaderIfItExportsNatively) {
  EXPECT_TRUE(read_image(make_pe(Abi::windows_x86, {.exports = {{.name = "IOProc"}}, .clr = true})));
}

struct Refusal {
  std::vector<std::byte> bytes;
  Kind kind;
  std::string message;
};

void expect_refused(const Refusal& refusal) {
  const auto image = read_image(refusal.bytes);
  ASSERT_FALSE(image) << refusal.message;
  EXPECT_EQ(to_string(image.error().error),
            refusal.message +
                "; wanted is a shared library for linux-x64 (ELF64), windows-x64 (PE32+ DLL) or "
                "windows-x86 (PE32 DLL)");
  EXPECT_EQ(image.error().kind, refusal.kind) << refusal.message;
}

TEST(LibraryImage, OfAnotherMachineIsNamed) {
  const auto pe = make_pe(Abi::windows_x86, {});
  const auto elf = make_elf({});
  const auto with_class = [&](unsigned char bits, unsigned char order) {
    return with_u16(elf, 4, static_cast<std::uint16_t>(bits | order << 8));
  };
  const Refusal refusals[] = {
      {with_u16(pe, test_pe_header + 4, 0xAA64), Kind::wrong_machine, "a Windows PE image for ARM64"},
      {with_u16(pe, test_pe_header + 4, 0x1C4), Kind::wrong_machine, "a Windows PE image for ARM Thumb-2"},
      {with_u16(pe, test_pe_header + 4, 0x1234), Kind::wrong_machine,
       "a Windows PE image for machine 0x1234"},
      {with_u16(elf, 18, 183), Kind::wrong_machine, "a 64-bit ELF image for AArch64"},
      {with_u16(elf, 18, 40), Kind::wrong_machine, "a 64-bit ELF image for ARM"},
      {with_u16(with_class(1, 1), 18, 3), Kind::wrong_machine, "a 32-bit ELF image for x86"},
      {with_u16(with_class(1, 1), 18, 62), Kind::wrong_machine, "a 32-bit ELF image for x86-64"},
      {with_u16(with_class(2, 2), 18, 0x1600), Kind::wrong_machine,
       "a 64-bit big-endian ELF image for S/390"},
      {with_u16(elf, 18, 9999), Kind::wrong_machine, "a 64-bit ELF image for machine 9999"},
  };
  for (const Refusal& refusal : refusals) expect_refused(refusal);
}

TEST(LibraryImage, ThatIsNoneIsNamed) {
  const auto pe = make_pe(Abi::windows_x64, {});
  const auto elf = make_elf({});
  const Refusal refusals[] = {
      {make_pe(Abi::windows_x86, {.library = false}), Kind::not_a_library,
       "a Windows program (PE32 executable), not a library"},
      {make_pe(Abi::windows_x64, {.library = false}), Kind::not_a_library,
       "a Windows program (PE32+ executable), not a library"},
      {make_pe(Abi::windows_x86, {.clr = true}), Kind::not_a_library,
       "a .NET assembly (a CLR header and no native exports)"},
      {with_u16(pe, test_pe_header + 24, 0x10B), Kind::not_a_library,
       "damaged: a PE image for x86-64 whose optional header is of kind 0x10b"},
      {make_elf({.library = false}), Kind::not_a_library, "a Linux program (ELF executable), not a library"},
      {with_u16(elf, 16, 1), Kind::not_a_library, "an object file (ELF)"},
      {with_u16(elf, 16, 4), Kind::not_a_library, "a core dump"},
      {with_u16(elf, 16, 99), Kind::not_a_library, "an ELF file of unknown type"},
      {with_u16(elf, 56, 0), Kind::not_a_library, "an ELF image without dynamic section"},
  };
  for (const Refusal& refusal : refusals) expect_refused(refusal);
}

/// An MZ header that leads to a header of another kind at 0x40.
std::vector<std::byte> mz_with(std::string_view signature, std::uint16_t ne_flags = 0,
                               std::uint16_t system = 2) {
  std::vector<std::byte> bytes(0x100);
  bytes[0] = std::byte{'M'};
  bytes[1] = std::byte{'Z'};
  bytes[0x3C] = std::byte{0x40};
  for (std::size_t i = 0; i < signature.size(); ++i) bytes[0x40 + i] = static_cast<std::byte>(signature[i]);
  return with_u16(with_u16(bytes, 0x40 + 0x0C, ne_flags), 0x40 + 0x36, system);
}

TEST(LibraryImage, OfAForeignFormatIsNamed) {
  const Refusal refusals[] = {
      {{}, Kind::not_a_library, "an empty file"},
      {bytes_of("GROUP ( libc.so.6 )\n"), Kind::not_a_library, "a text file"},
      {bytes_of("\xEF\xBB\xBFtext with a mark\r\n"), Kind::not_a_library, "a text file"},
      {bytes_of("\xFF\xFEt\0e\0x\0t\0"sv), Kind::not_a_library, "a text file"},
      {bytes_of("#!/bin/sh\n"), Kind::not_a_library, "a script"},
      {bytes_of("!<arch>\n/               0"), Kind::not_a_library,
       "a static library or import library (ar archive: .a, .lib)"},
      {bytes_of("\xCF\xFA\xED\xFE\7\0\0\1"sv), Kind::wrong_machine, "a Mach-O image (macOS)"},
      {bytes_of("SZDD\x88\xF0\x27\x33"), Kind::not_a_library,
       "a file compressed by COMPRESS.EXE (SZDD): expand it first"},
      {bytes_of("\x4C\x01\3\0"sv), Kind::not_a_library, "an object file (COFF)"},
      {bytes_of("\1\2\3"), Kind::not_a_library, "a file of unknown format (it begins with 01 02 03)"},
      {mz_with("NE", 0x8001), Kind::wrong_machine, "a 16-bit Windows library (NE)"},
      {mz_with("NE", 0x0001), Kind::wrong_machine, "a 16-bit Windows program (NE)"},
      {mz_with("NE", 0x8001, 1), Kind::wrong_machine, "a 16-bit OS/2 library (NE)"},
      {mz_with("LE"), Kind::wrong_machine, "a VxD or a 32-bit OS/2 image (LE)"},
      {mz_with("LX"), Kind::wrong_machine, "a 32-bit OS/2 image (LX)"},
      {mz_with("\xCD\x21"), Kind::not_a_library, "an MZ DOS program"},
  };
  for (const Refusal& refusal : refusals) expect_refused(refusal);
}

TEST(LibraryImage, ThatIsTruncatedIsSaidToEndWhereSomethingWasExpected) {
  const auto refused_at = [](std::vector<std::byte> bytes, std::size_t size, std::string message) {
    bytes.resize(size);
    expect_refused({bytes, Kind::not_a_library, message});
  };
  const auto pe = make_pe(Abi::windows_x86, windows_library);
  refused_at(
      pe, 0x30,
      "offset 0x3c: truncated or damaged: expected the offset of the PE header here (4 bytes), but the file "
      "ends at 0x30");
  refused_at(
      pe, 0x60,
      "offset 0x80: truncated or damaged: expected the PE header here (4 bytes), but the file ends at 0x60");
  refused_at(
      pe, 0x500,
      "offset 0x400: truncated or damaged: expected section 1 here (1024 bytes), but the file ends at 0x500");
  refused_at(
      make_elf({}), 0x50,
      "offset 0x40: truncated or damaged: expected the program headers here (168 bytes), but the file ends "
      "at 0x50");
  refused_at(
      make_elf({}), 0x500,
      "offset 0x0: truncated or damaged: expected segment 1 here (2048 bytes), but the file ends at 0x500");
}

}  // namespace
}  // namespace mmio_cts
