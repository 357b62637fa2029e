#include "suite/cli/selftest/hostile.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "suite/cli/resources.h"

namespace mmio_cts {

tl::expected<std::vector<Hostile>, Error> read_hostile(Abi abi) {
  const std::filesystem::path file = library_folder(abi) / "hostile" / "hostile.json";
  std::ifstream stream(file);
  if (!stream) return tl::unexpected(Error{file.string(), "", "is not there; tools/build builds it"});
  try {
    std::vector<Hostile> all;
    const auto document = nlohmann::json::parse(stream);
    for (const auto& row : document.at("hostile"))
      all.push_back({row.at("name"), "hostile/" + row.at("library").get<std::string>(), row.at("procedure"),
                     row.at("expected"), row.at("summary")});
    if (all.empty()) return tl::unexpected(Error{file.string(), "/hostile", "is empty"});
    return all;
  } catch (const nlohmann::json::exception& error) {
    return tl::unexpected(Error{file.string(), "", error.what()});
  }
}

}  // namespace mmio_cts
