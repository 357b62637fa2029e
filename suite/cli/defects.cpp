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
    for (const auto& row : nlohmann::json::parse(stream).at("defects")) {
      Defect defect{row.at("name"), row.at("breaks"), row.at("summary"), {}};
      for (const auto& name : row.value("abis", nlohmann::json::array()))
        if (const auto known = abi_from(name.get<std::string>())) defect.abis.push_back(*known);
      if (defect.abis.empty()) defect.abis.assign(all_abis.begin(), all_abis.end());
      defects.push_back(std::move(defect));
    }
    return defects;
  } catch (const nlohmann::json::exception& error) {
    return tl::unexpected(Error{file.string(), "", error.what()});
  }
}

}  // namespace mmio_cts
