// Serves both formats: read_image tells them apart, and the seeds are of the one or the other.
#include <algorithm>

#include "suite/candidate/procedure_choice.h"
#include "suite/contract/check_for_fuzz.h"

using namespace mmio_cts;

namespace {

/// Reads `bytes` and checks what read_image promises of any of them.
void check_image(std::span<const std::byte> bytes) {
  const auto image = read_image(bytes);
  if (!image) {
    require_one_clear_line(image.error().error);
    return;
  }
  const auto& exports = image->exports;
  require(std::is_sorted(exports.begin(), exports.end(),
                         [](const ExportedSymbol& a, const ExportedSymbol& b) {
                           if (a.name.empty() != b.name.empty()) return b.name.empty();
                           return a.name < b.name;
                         }),
          "exports are in the order of their names, those without one last");
  std::size_t text = 0;
  for (const ExportedSymbol& symbol : exports) {
    require(is_printable(symbol.name) && is_printable(symbol.forwarder), "names are printable");
    require(symbol.forwarder.empty() || symbol.code, "a forwarder is code");
    require(!export_label(symbol).empty(), "an export can be named");
    text += symbol.name.size() + symbol.forwarder.size();
  }
  for (const ImportedModule& module : image->imports) {
    require(is_printable(module.name), "modules have printable names");
    for (const std::string& symbol : module.symbols) {
      require(is_printable(symbol), "imports have printable names");
      text += symbol.size();
    }
  }
  // Each byte of a name may have become the four of "\x1b".
  require(text <= 4 * 2 * bytes.size() + 8 * 0x40000, "names are no longer than the file allows");
  if (const auto procedure = choose_procedure(*image, "#2"); !procedure)
    require_one_clear_line(procedure.error().error);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check_image(std::as_bytes(std::span(data, size)));
  return 0;
}
