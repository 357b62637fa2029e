#include "suite/report/system_json.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "suite/contract/message.h"

namespace mmio_cts {
namespace {

constexpr std::pair<std::string_view, std::int64_t SystemUse::*> members_of_use[] = {
    {"messages", &SystemUse::messages},
    {"calls", &SystemUse::calls},
    {"bytes_answered", &SystemUse::bytes_answered},
    {"bytes_read", &SystemUse::bytes_read},
    {"bytes_written", &SystemUse::bytes_written},
    {"syncs", &SystemUse::syncs}};

}  // namespace

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

nlohmann::ordered_json to_json(const SystemUses& system) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const auto& [message, use] : system) {
    nlohmann::ordered_json entry = {{"message", message_name(message)}};
    for (const auto& [name, member] : members_of_use) entry[std::string(name)] = use.*member;
    all.push_back(std::move(entry));
  }
  return all;
}

SystemUses system_uses_from(const nlohmann::json& document) {
  SystemUses system;
  for (const nlohmann::json& entry : document)
    if (const auto message = message_number(entry.at("message").get<std::string>()))
      for (const auto& [name, member] : members_of_use)
        system[*message].*member = entry.at(std::string(name));
  return system;
}

}  // namespace mmio_cts
