#include "suite/cli/defects.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "suite/cli/resources.h"

namespace mmio_cts {

tl::expected<std::vector<Defect>, Error> read_defects(Abi abi) {
  const std::filesystem::path file = library_folder(abi) / "defects.json";
  std::ifstream stream(file);
  if (!stream) return tl::unexpected(Error{file.string(), "", "is not there; tools/build builds it"});
  try {
    std::vector<Defect> defects;
    const auto document = nlohmann::json::parse(stream);
    for (const auto& row : document.at("defects")) {
      Defect defect{row.at("name"), row.at("base"), row.at("breaks"), row.at("summary"), {}};
      const auto abis = row.value("abis", nlohmann::json::array());
      for (const auto& name : abis)
        if (const auto known = abi_from(name.get<std::string>())) defect.abis.push_back(*known);
      if (defect.abis.empty()) defect.abis.assign(all_abis.begin(), all_abis.end());
      defects.push_back(std::move(defect));
    }
    if (defects.empty())
      return tl::unexpected(Error{file.string(), "/defects", "is empty: there is nothing to catch"});
    return defects;
  } catch (const nlohmann::json::exception& error) {
    return tl::unexpected(Error{file.string(), "", error.what()});
  }
}

}  // namespace mmio_cts
