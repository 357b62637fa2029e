#include "suite/worker/begin_frame.h"

namespace mmio_cts {

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
          {"step", begin.step},
          {"number", begin.number}};
}

BeginFrame begin_frame_from(const nlohmann::json& content) {
  const nlohmann::json& reach = content.at("reach");
  return {content.at("library"),
          {static_cast<Reach::Kind>(reach.at("kind").get<int>()), reach.at("name"), reach.at("init"),
           reach.at("exit")},
          content.at("adapter"),
          content.at("scratch"),
          static_cast<Guard>(content.at("guard").get<int>()),
          content.at("step"),
          content.at("number")};
}

}  // namespace mmio_cts
