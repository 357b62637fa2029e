#include "suite/report/containment_json.h"

#include <algorithm>
#include <optional>
#include <string>

namespace mmio_cts {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

template <typename Number>
void weaken(std::optional<Number>& limit, const std::optional<Number>& other) {
  if (limit) limit = other ? std::optional(std::max(*limit, *other)) : std::nullopt;
}

void add_name(std::string& names, const std::string& name) {
  if (names.find(name) == std::string::npos) names += "; " + name;
}

}  // namespace

ordered_json containment_json(const Containment& containment) {
  ordered_json limits = ordered_json::object();
  if (containment.limits.cpu) limits["cpu_seconds"] = containment.limits.cpu->count();
  if (containment.limits.memory) limits["memory_bytes"] = *containment.limits.memory;
  if (containment.limits.file) limits["file_bytes"] = *containment.limits.file;
  if (containment.limits.processes) limits["processes"] = *containment.limits.processes;
  return {{"mode", sandbox_mode_name(containment.mode)},
          {"file_writes", containment.file_writes},
          {"network", containment.network},
          {"limits", std::move(limits)},
          {"missing", containment.missing}};
}

Containment containment_from(const json& document) {
  Containment containment;
  containment.mode = sandbox_mode_from(document.at("mode").get<std::string>()).value_or(SandboxMode::none);
  containment.file_writes = document.at("file_writes");
  containment.network = document.at("network");
  const json& limits = document.at("limits");
  if (limits.contains("cpu_seconds"))
    containment.limits.cpu = std::chrono::seconds(limits.at("cpu_seconds").get<std::int64_t>());
  if (limits.contains("memory_bytes"))
    containment.limits.memory = limits.at("memory_bytes").get<std::int64_t>();
  if (limits.contains("file_bytes")) containment.limits.file = limits.at("file_bytes").get<std::int64_t>();
  if (limits.contains("processes")) containment.limits.processes = limits.at("processes").get<int>();
  containment.missing = document.at("missing").get<std::vector<std::string>>();
  return containment;
}

Containment common_containment(const std::vector<Containment>& all) {
  Containment common = all.front();
  for (const Containment& one : all) {
    // Their order in the enumeration is not that of their strength.
    if (one.mode == SandboxMode::none || common.mode == SandboxMode::required) common.mode = one.mode;
    add_name(common.file_writes, one.file_writes);
    add_name(common.network, one.network);
    weaken(common.limits.cpu, one.limits.cpu);
    weaken(common.limits.memory, one.limits.memory);
    weaken(common.limits.file, one.limits.file);
    weaken(common.limits.processes, one.limits.processes);
    for (const std::string& missing : one.missing)
      if (std::find(common.missing.begin(), common.missing.end(), missing) == common.missing.end())
        common.missing.push_back(missing);
  }
  return common;
}

}  // namespace mmio_cts
