#include "suite/report/trace_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "suite/report/os_call_json.h"
#include "suite/report/trace_json.h"

namespace mmio_cts {
namespace {

using nlohmann::json;

constexpr std::int64_t most_bytes = 1 << 30;
constexpr std::int64_t most_omitted = 1 << 24;

std::size_t count_from(const json& number, std::int64_t most) {
  const auto count = number.get<std::int64_t>();
  if (count < 0 || count > most) throw std::invalid_argument(fmt::format("{} is out of range", count));
  return static_cast<std::size_t>(count);
}

Bytes bytes_told(const json& data) {
  Bytes bytes(count_from(data.at("size"), most_bytes));
  std::istringstream first(data.at("first").get<std::string>());
  first >> std::hex;
  unsigned value = 0;
  for (std::size_t i = 0; i < bytes.size() && first >> value; ++i)
    bytes[i] = static_cast<std::uint8_t>(value);
  return bytes;
}

FileState file_told(const json& file) {
  FileState state{file.at("name"), file.at("exists").get<bool>(), file.value("readable", true), {}};
  if (file.contains("content")) state.content = bytes_told(file.at("content"));
  return state;
}

class TraceReader {
 public:
  explicit TraceReader(const Case& script) : script_(script) {}

  Trace read(const json& told) {
    for (const json& entry : told) add(entry);
    return std::move(trace_);
  }

 private:
  // Of steps that look the same any will do.
  std::uint32_t step_of(const json& entry) {
    const std::string pointer = entry.value("step", ""), action = entry.value("action", "");
    const std::size_t count = script_.steps.size();
    if (pointer.empty()) return static_cast<std::uint32_t>(count);
    for (std::size_t i = 0; i < count; ++i) {
      const Step& step = script_.steps[(last_ + i) % count];
      if (step.pointer != pointer || describe(step) != action) continue;
      last_ = (last_ + i) % count;
      return static_cast<std::uint32_t>(last_);
    }
    throw std::invalid_argument(fmt::format("the case has no step {} '{}'", pointer, action));
  }

  void add(const json& entry) {
    const std::string kind = entry.at("kind");
    if (kind == "omitted") {
      trace_.resize(trace_.size() + count_from(entry.value("count", json(0)), most_omitted),
                    NotSentObservation{});
      return;
    }
    const std::uint32_t step = step_of(entry);
    if (kind == "message")
      trace_.emplace_back(message(step, entry));
    else if (kind == "prepare")
      trace_.emplace_back(PrepareObservation{step, entry.value("unavailable", "")});
    else if (kind == "not_sent")
      trace_.emplace_back(NotSentObservation{step});
    else if (kind == "stock")
      trace_.emplace_back(StockObservation{step, 0, 0, 0, 0});
    else if (kind == "touch")
      trace_.emplace_back(touch(step, entry));
    else if (kind == "inspect" || kind == "restart")
      add_files(step, kind, entry.value("files", json::array()));
    else
      trace_.emplace_back(EndObservation{step, end_kind(kind), entry.value("what", ""), ""});
  }

  static CallerState caller_state(const json& name) {
    for (const CallerStateRow& row : caller_states)
      if (name == row.name) return row.state;
    throw std::invalid_argument(fmt::format("not_restored: nothing is called {}", name.dump()));
  }

  static EndObservation::Kind end_kind(const std::string& name) {
    const auto found = std::find(end_kind_names.begin(), end_kind_names.end(), name);
    return static_cast<EndObservation::Kind>(found - end_kind_names.begin());
  }

  static TouchObservation touch(std::uint32_t step, const json& entry) {
    const auto found = std::find(touched_names.begin(), touched_names.end(), entry.value("memory", ""));
    if (found == touched_names.end()) throw std::invalid_argument("a touch is of no memory that is known");
    return {step, static_cast<Touched>(found - touched_names.begin()), entry.value("access", "") == "write",
            entry.value("too_late", false), entry.value("distance", std::int64_t{0})};
  }

  void add_files(std::uint32_t step, const std::string& kind, const json& files) {
    RestartObservation seen{step, {}};
    for (const json& file : files) seen.files.push_back(file_told(file));
    if (kind == "restart")
      trace_.emplace_back(std::move(seen));
    else if (seen.files.size() == 1)
      trace_.emplace_back(InspectObservation{step, std::move(seen.files.front())});
    else
      throw std::invalid_argument("an inspection is of one file");
  }

  static MessageObservation message(std::uint32_t step, const json& entry) {
    MessageObservation seen;
    seen.step = step;
    seen.result = entry.contains("zero_extended") ? 0xFFFFFFFF : entry.value("result", std::int64_t{0});
    seen.disk_offset_before = entry.value("disk_offset_before", 0);
    seen.disk_offset_after = entry.value("disk_offset_after", 0);
    for (const json& name : entry.value("members_changed", json::array()))
      for (const MemberRow& row : guarded_members)
        if (row.name == name) seen.changes.push_back({row.member, 0, 0});
    if (entry.contains("data")) seen.data = bytes_told(entry.at("data"));
    for (const json& call : entry.value("os_calls", json::array()))
      seen.os_calls.push_back(os_call_from(call));
    seen.more_os_calls = entry.value("more_os_calls", seen.more_os_calls);
    seen.tail_changed = entry.value("tail_changed", seen.tail_changed);
    seen.overrun = entry.value("overrun", seen.overrun);
    seen.info_overrun = entry.value("info_overrun", seen.info_overrun);
    seen.source_changed = entry.value("source_changed", false);
    for (const json& name : entry.value("not_restored", json::array()))
      seen.not_restored.push_back(caller_state(name));
    if (entry.contains("adopted_handle"))
      seen.handle = entry.at("adopted_handle") == "open" ? MessageObservation::Handle::open
                                                         : MessageObservation::Handle::closed;
    return seen;
  }

  const Case& script_;
  std::size_t last_ = 0;
  Trace trace_;
};

}  // namespace

Trace trace_from_json(const json& told, const Case& script) { return TraceReader(script).read(told); }

}  // namespace mmio_cts
