#include <fmt/format.h>

#include "suite/candidate/pe_image.h"
#include "suite/contract/printable.h"

namespace mmio_cts {
namespace {

/// Ordinals have 16 bits, so no more can be asked for.
constexpr std::uint32_t most_exports = 0x10000;
/// Beyond any real library; tables that overlap could otherwise claim any number.
constexpr std::size_t most_modules = 4096;
constexpr std::uint64_t most_imports = 0x40000;

bool reasonable(MappedReader& image, std::uint32_t table, std::uint32_t count, std::string_view what) {
  if (count > most_exports)
    image.fail(table, fmt::format("damaged: the export table claims {} {}", count, what));
  return image.ok();
}

/// The symbols of a module whose lookup table lies at `table`. `left` is how many more there may be.
std::vector<std::string> read_thunks(MappedReader& image, std::uint32_t table, bool wide,
                                     std::uint64_t& left) {
  std::vector<std::string> symbols;
  const std::uint32_t size = wide ? 8 : 4;
  const std::uint64_t by_ordinal = wide ? 0x8000000000000000u : 0x80000000u;
  for (std::uint64_t place = table; image.ok(); place += size) {
    const std::uint64_t thunk =
        wide ? image.u64(place, "an import lookup table") : image.u32(place, "an import lookup table");
    if (thunk == 0) break;
    if (left-- == 0) {
      image.fail(place, "damaged: the import tables have no end");
      break;
    }
    if ((thunk & by_ordinal) != 0)
      symbols.push_back(fmt::format("#{}", thunk & 0xFFFF));
    else
      symbols.push_back(printable(image.name((thunk & 0x7FFFFFFF) + 2, "the name of an import")));
  }
  return symbols;
}

}  // namespace

std::vector<ExportedSymbol> read_pe_exports(MappedReader& image, PeTable table) {
  constexpr std::string_view what = "the export table";
  if (table.address == 0) return {};
  const std::uint32_t base = image.u32(table.address + 16u, what);
  const std::uint32_t count = image.u32(table.address + 20u, what);
  const std::uint32_t name_count = image.u32(table.address + 24u, what);
  const std::uint32_t addresses = image.u32(table.address + 28u, what);
  const std::uint32_t names = image.u32(table.address + 32u, what);
  const std::uint32_t name_ordinals = image.u32(table.address + 36u, what);
  if (!reasonable(image, table.address, count, "functions") ||
      !reasonable(image, table.address, name_count, "names"))
    return {};

  std::vector<ExportedSymbol> by_index(count);
  for (std::uint32_t i = 0; i < count && image.ok(); ++i) {
    ExportedSymbol& symbol = by_index[i];
    symbol.ordinal = base + i;
    symbol.address = image.u32(std::uint64_t{addresses} + 4u * i, "the addresses of the exports");
    const bool forwarded = symbol.address >= table.address && symbol.address - table.address < table.size;
    if (forwarded) symbol.forwarder = printable(image.name(symbol.address, "the name of a forwarder"));
    symbol.code = forwarded || image.executable(symbol.address);
  }

  std::vector<ExportedSymbol> symbols;
  std::vector<bool> named(count);
  for (std::uint32_t i = 0; i < name_count && image.ok(); ++i) {
    const std::uint16_t index =
        image.u16(std::uint64_t{name_ordinals} + 2u * i, "the ordinals of the exports");
    if (index >= count || by_index[index].address == 0) continue;
    std::string name = image.name(image.u32(std::uint64_t{names} + 4u * i, "the names of the exports"),
                                  "the name of an export");
    if (name.empty() || !is_printable(name)) continue;
    named[index] = true;
    symbols.push_back(by_index[index]);
    symbols.back().name = std::move(name);
  }
  for (std::uint32_t i = 0; i < count; ++i)
    if (!named[i] && by_index[i].address != 0) symbols.push_back(std::move(by_index[i]));
  return symbols;
}

std::vector<ImportedModule> read_pe_imports(MappedReader& image, PeTable table, bool wide) {
  constexpr std::string_view what = "the import table";
  constexpr std::uint32_t descriptor_size = 20;
  std::vector<ImportedModule> modules;
  if (table.address == 0) return modules;
  std::uint64_t thunks_left = most_imports;
  for (std::uint64_t place = table.address; image.ok(); place += descriptor_size) {
    const std::uint32_t lookup = image.u32(place, what);
    const std::uint32_t name = image.u32(place + 12, what);
    const std::uint32_t addresses = image.u32(place + 16, what);
    if (name == 0 || addresses == 0) break;
    if (modules.size() == most_modules) image.fail(place, "damaged: the import table has no end");
    ImportedModule& module = modules.emplace_back();
    module.name = printable(image.name(name, "the name of an imported module"));
    // Borland's linker makes no lookup table; the address table serves until the library is loaded.
    module.symbols = read_thunks(image, lookup != 0 ? lookup : addresses, wide, thunks_left);
  }
  return modules;
}

}  // namespace mmio_cts
