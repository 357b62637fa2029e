#include "suite/cli/selftest/specimens.h"

#include <algorithm>

#include "suite/cli/resources.h"

namespace mmio_cts {
namespace {

using Kind = TriedProcedure::Kind;

std::vector<Specimen> references() {
  return {{.name = "PlainFileProc", .library = "reference_proc", .procedure = "PlainFileProc"},
          {.name = "BufferedFileProc", .library = "reference_proc", .procedure = "BufferedFileProc"},
          {.name = "MemoryProc", .library = "memory_proc", .procedure = "MemoryProc"}};
}

std::vector<Specimen> gallery() {
  std::vector<Specimen> pieces;
  for (const auto& entry : std::filesystem::directory_iterator(candidates_folder())) {
    const std::string name = entry.path().stem().string();
    if (entry.path().extension() == ".json" && name != "memory_proc")
      pieces.push_back({.kind = Kind::odd, .name = name, .library = name, .manifest = entry.path()});
  }
  std::sort(pieces.begin(), pieces.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return pieces;
}

}  // namespace

std::vector<Specimen> specimens(const std::vector<Defect>& defects) {
  std::vector<Specimen> all = references();
  for (Specimen& piece : gallery()) all.push_back(std::move(piece));
  for (const Defect& defect : defects)
    all.push_back({.kind = Kind::defect,
                   .name = defect.name,
                   .library = "defects",
                   .procedure = defect.name,
                   .base = defect.base,
                   .breaks = {defect.breaks.begin(), defect.breaks.end()},
                   .abis = defect.abis});
  for (std::size_t i = 0; i < all.size(); ++i) all[i].number = i;
  return all;
}

}  // namespace mmio_cts
