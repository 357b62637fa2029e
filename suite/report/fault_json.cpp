#include "suite/report/fault_json.h"

#include <algorithm>

#include "suite/contract/message.h"

namespace mmio_cts {

nlohmann::ordered_json to_json(const FaultTallies& faults) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const auto& [key, tally] : faults)
    all.push_back({{"message", message_name(key.first)},
                   {"fault", fault_names[static_cast<std::size_t>(key.second)]},
                   {"injected", tally.injected},
                   {"surfaced", tally.surfaced},
                   {"absorbed", tally.absorbed}});
  return all;
}

FaultTallies fault_tallies_from(const nlohmann::json& document) {
  FaultTallies faults;
  for (const nlohmann::json& entry : document) {
    const auto message = message_number(entry.at("message").get<std::string>());
    const auto kind = std::find(fault_names.begin(), fault_names.end(), entry.at("fault").get<std::string>());
    if (message && kind != fault_names.end())
      faults[{*message, static_cast<FaultKind>(kind - fault_names.begin())}] = {
          entry.at("injected"), entry.at("surfaced"), entry.at("absorbed")};
  }
  return faults;
}

}  // namespace mmio_cts
