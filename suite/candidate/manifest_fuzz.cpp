#include "suite/candidate/manifest.h"
#include "suite/contract/check_for_fuzz.h"
#include "suite/script/json_mutation_for_fuzz.h"

using namespace mmio_cts;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Contract contract = Contract::embedded();
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto manifest = parse_manifest(text, "/nowhere/a.json", contract);
  if (!manifest) {
    require(manifest.error().file == "/nowhere/a.json", "an error names the file");
    require_one_clear_line(manifest.error());
    return 0;
  }
  require(manifest->library.empty() || manifest->library.is_absolute(), "the library's path is absolute");
  for (const auto& file : manifest->files) require(file.is_absolute(), "paths of files are absolute");
  require(!manifest->names || !*manifest->names || (*manifest->names)->find("{name}") != std::string::npos,
          "names have a place for the case's");
  for (const std::uint32_t message : manifest->user_messages)
    require(message >= 0x8000, "messages of its own are from 32768 on");
  for (const KnownFailure& known : manifest->known_failures)
    require(
        contract.find(known.requirement) != nullptr && known.expires.size() == 10 && !known.reason.empty(),
        "a known failure has a row, a day and a reason");
  Manifest opening = *manifest;
  for (const std::string& name : manifest->open) {
    const std::size_t before = opening.open.size();
    const auto wrong = add_open_name(opening, name);
    require(opening.open.size() == before + (wrong ? 0 : 1),
            "a name is added, or something is wrong with it");
    if (wrong) require_one_clear_line(*wrong);
  }
  require(!manifest->largest || *manifest->largest > 0, "a store holds something");
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most,
                                               unsigned seed) {
  static const JsonMutator mutator(manifest_schema_text());
  return mutator.mutate_lines(data, size, most, seed);
}
