#include "suite/report/trace_json.h"

#include <algorithm>

#include "suite/report/os_call_json.h"
#include "suite/report/text_layout.h"

namespace mmio_cts {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t most_shown_at_each_end = 50;
constexpr std::size_t most_bytes = 32;
constexpr std::size_t most_calls = 20;

ordered_json data_json(const Bytes& bytes) {
  return {{"size", bytes.size()}, {"first", hex(bytes, most_bytes)}};
}

ordered_json file_json(const FileState& file) {
  ordered_json json = {{"name", file.name}, {"exists", file.exists}};
  if (file.exists && !file.readable) json["readable"] = false;
  if (file.exists && file.readable) json["content"] = data_json(file.content);
  return json;
}

ordered_json details(const MessageObservation& seen, const Step& step) {
  const bool widened = is_zero_extended(seen.result);
  ordered_json json = {{"kind", "message"}, {"result", widened ? -1 : seen.result}};
  if (widened) json["zero_extended"] = true;
  json["disk_offset_before"] = seen.disk_offset_before;
  json["disk_offset_after"] = seen.disk_offset_after;
  for (const MemberChange& change : seen.changes)
    json["members_changed"].push_back(member_row(change.member).name);
  if (reads(step)) json["data"] = data_json(seen.data);
  if (seen.tail_changed >= 0) json["tail_changed"] = seen.tail_changed;
  if (seen.overrun != 0) json["overrun"] = seen.overrun;
  if (seen.info_overrun != 0) json["info_overrun"] = seen.info_overrun;
  if (seen.source_changed) json["source_changed"] = true;
  if (seen.handle != MessageObservation::Handle::none)
    json["adopted_handle"] = seen.handle == MessageObservation::Handle::open ? "open" : "closed";
  for (const CallerState state : seen.not_restored)
    json["not_restored"].push_back(caller_state_row(state).name);
  const std::size_t calls = std::min(seen.os_calls.size(), most_calls);
  for (std::size_t i = 0; i < calls; ++i) json["os_calls"].push_back(to_json(seen.os_calls[i]));
  if (const std::uint64_t more = seen.os_calls.size() - calls + seen.more_os_calls; more > 0)
    json["more_os_calls"] = more;
  return json;
}

ordered_json details(const PrepareObservation& seen, const Step&) {
  ordered_json json = {{"kind", "prepare"}};
  if (!seen.unavailable.empty()) json["unavailable"] = seen.unavailable;
  return json;
}

ordered_json details(const InspectObservation& seen, const Step&) {
  return {{"kind", "inspect"}, {"files", ordered_json::array({file_json(seen.file)})}};
}

ordered_json details(const RestartObservation& seen, const Step&) {
  ordered_json json = {{"kind", "restart"}, {"files", ordered_json::array()}};
  for (const FileState& file : seen.files) json["files"].push_back(file_json(file));
  return json;
}

ordered_json details(const NotSentObservation&, const Step&) { return {{"kind", "not_sent"}}; }

// The figures are others in each run, and in each process.
ordered_json details(const StockObservation&, const Step&) { return {{"kind", "stock"}}; }

ordered_json details(const TouchObservation& seen, const Step&) {
  ordered_json json = {{"kind", "touch"},
                       {"memory", touched_names[static_cast<std::size_t>(seen.what)]},
                       {"access", seen.writes ? "write" : "read"}};
  if (seen.too_late) json["too_late"] = true;
  if (seen.distance != 0) json["distance"] = seen.distance;
  return json;
}

ordered_json details(const EndObservation& seen, const Step&) {
  ordered_json json = {{"kind", end_kind_names[static_cast<std::size_t>(seen.kind)]}};
  if (seen.kind != EndObservation::Kind::crash) json["what"] = seen.what;
  return json;
}

ordered_json observation_json(const Observation& observation, const Case& script) {
  const std::uint32_t index = step_of(observation);
  const Step none{};
  const Step& step = index < script.steps.size() ? script.steps[index] : none;
  ordered_json json = {{"step", step.pointer}};
  if (index < script.steps.size()) json["action"] = describe(step);
  json.update(std::visit([&](const auto& seen) { return details(seen, step); }, observation));
  return json;
}

}  // namespace

ordered_json trace_json(const CaseRun& one) {
  ordered_json json = ordered_json::array();
  const std::size_t count = one.trace.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (count > 2 * most_shown_at_each_end && i == most_shown_at_each_end) {
      const std::size_t omitted = count - 2 * most_shown_at_each_end;
      json.push_back({{"kind", "omitted"}, {"count", omitted}});
      i += omitted;
    }
    json.push_back(observation_json(one.trace[i], *one.judged.script));
  }
  return json;
}

}  // namespace mmio_cts
