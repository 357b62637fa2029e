#include "suite/candidate/library_image.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "suite/candidate/byte_reader.h"
#include "suite/candidate/elf_image.h"
#include "suite/candidate/foreign_format.h"
#include "suite/candidate/pe_image.h"

namespace mmio_cts {
namespace {

constexpr std::string_view wanted =
    "; wanted is a shared library for linux-x64 (ELF64), windows-x64 (PE32+ DLL) or windows-x86 (PE32 DLL)";

tl::expected<LibraryImage, CandidateError> read_any(std::span<const std::byte> bytes) {
  using namespace std::string_view_literals;
  ByteReader file(bytes);
  if (file.starts_with("\x7F"
                       "ELF"))
    return read_elf_image(bytes);
  if (file.starts_with("MZ")) {
    const std::uint32_t header = file.u32(0x3C, "the offset of the PE header");
    if (file.ok() && file.starts_with("PE\0\0"sv, header)) return read_pe_image(bytes, header);
  }
  return tl::unexpected(describe_foreign_format(bytes));
}

}  // namespace

std::string export_label(const ExportedSymbol& symbol) {
  return symbol.name.empty() ? fmt::format("#{}", symbol.ordinal.value_or(0)) : symbol.name;
}

tl::expected<LibraryImage, CandidateError> read_image(std::span<const std::byte> bytes) {
  auto image = read_any(bytes);
  if (!image) {
    image.error().error.message += wanted;
    return image;
  }
  const auto key = [](const ExportedSymbol& s) { return std::tie(s.name, s.ordinal); };
  auto& exports = image->exports;
  const auto nameless =
      std::stable_partition(exports.begin(), exports.end(), [](const auto& s) { return !s.name.empty(); });
  std::sort(exports.begin(), nameless, [&](const auto& a, const auto& b) { return key(a) < key(b); });
  // A symbol that ELF exports in several versions is one export; so is a name that a PE table repeats.
  const auto last =
      std::unique(exports.begin(), nameless, [](const auto& a, const auto& b) { return a.name == b.name; });
  exports.erase(last, nameless);
  return image;
}

}  // namespace mmio_cts
