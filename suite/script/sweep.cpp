#include "suite/script/sweep.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>

namespace mmio_cts {
namespace {

using nlohmann::json;
using enum FaultKind;

constexpr std::string_view each_way = "sweep", by_killing = "kill";

// Enough of them are few: what a procedure does with an error seldom depends on its number. All of the first
// row can come from a file that lies on a server.
constexpr FaultKind of_open[] = {access_denied, sharing_violation, too_many_open_files,
                                 disk_full,     io_error,          network_error};
constexpr FaultKind of_close[] = {disk_full, io_error, network_error};
constexpr FaultKind of_read[] = {io_error, network_error, interrupted, short_transfer, delay};
constexpr FaultKind of_write[] = {disk_full, io_error, network_error, interrupted, short_transfer, delay};
constexpr FaultKind of_seek[] = {io_error};
constexpr FaultKind of_flush[] = {disk_full, io_error, network_error, interrupted, delay};
constexpr FaultKind of_truncate[] = {disk_full, io_error, access_denied};
constexpr FaultKind of_name[] = {access_denied, sharing_violation, disk_full, io_error, network_error};

std::span<const FaultKind> faults_of(OsCallKind kind) {
  switch (kind) {
    case OsCallKind::open:
      return of_open;
    case OsCallKind::close:
      return of_close;
    case OsCallKind::read:
      return of_read;
    case OsCallKind::write:
      return of_write;
    case OsCallKind::seek:
      return of_seek;
    case OsCallKind::flush:
      return of_flush;
    case OsCallKind::truncate:
      return of_truncate;
    case OsCallKind::rename:
    case OsCallKind::remove:
      return of_name;
    default:
      throw std::invalid_argument(
          fmt::format("{} cannot fail by a fault", os_call_names[static_cast<std::size_t>(kind)]));
  }
}

// Whoever tries again what was interrupted would do so for ever, and a call that is only late is so once.
bool can_last(FaultKind kind) { return kind != interrupted && kind != delay; }

// Bytes that a short transfer lets through, and not 1, which is a lost minus sign; milliseconds of a delay.
constexpr std::int64_t amount = 3;

json fault_step(std::string_view on, FaultKind kind, bool lasting) {
  const std::string name(fault_names[static_cast<std::size_t>(kind)]);
  json step = {{"fault", on}, {"nth", "each"}};
  if (kind == short_transfer || kind == delay)
    step[name] = amount;
  else
    step["error"] = name;
  if (lasting) step["lasting"] = true;
  return step;
}

OsCallKind kind_named(const std::string& name) {
  const auto found = std::find(os_call_names.begin(), os_call_names.end(), name);
  if (found == os_call_names.end())
    throw std::invalid_argument(fmt::format("unknown call '{}' under \"sweep\"; {}", name,
                                            fmt::join(os_call_names.begin(), os_call_names.end(), ", ")));
  return static_cast<OsCallKind>(found - os_call_names.begin());
}

/// What stands for the fault; empty for any other step.
std::string placeholder_in(const json& step) {
  const json fault = step.is_object() ? step.value("fault", json()) : json();
  return fault == each_way || fault == by_killing ? fault.get<std::string>() : "";
}

/// The one that a sweep is about; none if it is about all.
std::optional<FaultKind> only_fault(const json& placeholder) {
  if (placeholder_in(placeholder) == by_killing) return killed;
  const std::string name = placeholder.value("error", "");
  const auto found = std::find(fault_names.begin(), fault_names.end(), name);
  if (name.empty()) return std::nullopt;
  if (found == fault_names.end() || static_cast<FaultKind>(found - fault_names.begin()) >= killed)
    throw std::invalid_argument(fmt::format("a sweep is of no error '{}'", name));
  return static_cast<FaultKind>(found - fault_names.begin());
}

/// Calls `take` for each step, those in a repeat among them.
template <typename Json, typename Take>
void for_each_step(Json& steps, const Take& take) {
  for (auto& step : steps)
    if (step.is_object() && step.contains("steps"))
      for_each_step(step.at("steps"), take);
    else
      take(step);
}

Instance with_fault(const Instance& instance, const std::string& on, FaultKind kind, bool lasting) {
  Instance one = instance;
  one.document.erase("sweep");
  for_each_step(one.document.at("steps"), [&](json& step) {
    if (!placeholder_in(step).empty()) step = fault_step(on, kind, lasting);
  });
  one.suffix += fmt::format("{}fault={}:{}{}", one.suffix.empty() ? "@" : ",", on,
                            fault_names[static_cast<std::size_t>(kind)], lasting ? ":lasting" : "");
  return one;
}

}  // namespace

std::vector<Instance> expand_sweep(Instance instance) {
  std::set<json> places;
  for_each_step(instance.document.at("steps"), [&](const json& step) {
    if (!placeholder_in(step).empty()) places.insert(step);
  });
  const bool is_swept = instance.document.contains("sweep");
  if (places.size() != (is_swept ? 1 : 0))
    throw std::invalid_argument(
        "\"sweep\" and steps {\"fault\": \"sweep\"} or {\"fault\": \"kill\"}, all alike, go together");
  if (!is_swept) return {std::move(instance)};
  const json place = *places.begin();
  const std::optional<FaultKind> only = only_fault(place);
  std::vector<Instance> all;
  for (const std::string on : instance.document.at("sweep")) {
    const std::span<const FaultKind> every = faults_of(kind_named(on));
    for (const FaultKind kind : only ? std::span(&*only, 1) : every)
      for (const bool lasting : {false, true})
        if (!lasting || (!only && can_last(kind))) all.push_back(with_fault(instance, on, kind, lasting));
  }
  return all;
}

bool Case::injects_faults() const {
  return std::any_of(steps.begin(), steps.end(),
                     [](const Step& step) { return std::holds_alternative<SetFault>(step.action); });
}

bool Case::sweeps() const {
  return std::any_of(steps.begin(), steps.end(), [](const Step& step) {
    const auto* set = std::get_if<SetFault>(&step.action);
    return set != nullptr && set->each;
  });
}

Case at_call(const Case& swept, std::int64_t nth) {
  Case one = swept;
  for (std::size_t i = 0; i < one.steps.size(); ++i) {
    auto* set = std::get_if<SetFault>(&one.steps[i].action);
    if (set == nullptr || !set->each) continue;
    one.failing_call = nth;
    set->each = false;
    set->fault->nth = nth;
    json document = json::parse(one.step_documents[i]);
    document["nth"] = nth;
    one.step_documents[i] = document.dump();
  }
  return one;
}

}  // namespace mmio_cts
