#include "suite/worker/begin_frame.h"

#include <stdexcept>

namespace mmio_cts {
namespace {

template <typename Enum>
Enum enumerator(const nlohmann::json& number, Enum last) {
  const auto value = number.get<std::int64_t>();
  if (value < 0 || value > static_cast<std::int64_t>(last))
    throw std::out_of_range("there is no such choice");
  return static_cast<Enum>(value);
}

}  // namespace

nlohmann::json to_json(const BeginFrame& begin) {
  return {{"library", begin.library},
          {"reach",
           {{"kind", static_cast<int>(begin.reach.kind)},
            {"name", begin.reach.name},
            {"init", begin.reach.init},
            {"exit", begin.reach.exit}}},
          {"adapter", begin.adapter},
          {"scratch", begin.scratch},
          {"guard", static_cast<int>(begin.guard)},
          {"observes_os_calls", begin.observes_os_calls},
          {"step", begin.step},
          {"number", begin.number}};
}

BeginFrame begin_frame_from(const nlohmann::json& content) {
  const nlohmann::json& reach = content.at("reach");
  return {content.at("library"),
          {enumerator(reach.at("kind"), Reach::Kind::installed), reach.at("name"), reach.at("init"),
           reach.at("exit")},
          content.at("adapter"),
          content.at("scratch"),
          enumerator(content.at("guard"), Guard::before),
          content.at("observes_os_calls"),
          content.at("step"),
          content.at("number")};
}

}  // namespace mmio_cts
