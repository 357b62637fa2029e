#include "suite/report/os_call_json.h"

#include <algorithm>
#include <stdexcept>

namespace mmio_cts {

nlohmann::ordered_json to_json(const OsCall& call) {
  nlohmann::ordered_json json = {{"kind", os_call_names[static_cast<std::size_t>(call.kind)]}};
  if (call.file != 0) json["file"] = call.file;
  if (call.offset >= 0) json["offset"] = call.offset;
  if (call.asked != 0) json["asked"] = call.asked;
  if (call.done != 0) json["done"] = call.done;
  if (call.status != 0) json["status"] = call.status;
  if (call.injected) json["injected"] = true;
  return json;
}

OsCall os_call_from(const nlohmann::json& document) {
  const auto kind = std::find(os_call_names.begin(), os_call_names.end(), document.value("kind", ""));
  if (kind == os_call_names.end())
    throw std::invalid_argument("os_calls: no call of the system has this kind");
  OsCall call;
  call.kind = static_cast<OsCallKind>(kind - os_call_names.begin());
  call.file = document.value("file", call.file);
  call.offset = document.value("offset", call.offset);
  call.asked = document.value("asked", call.asked);
  call.done = document.value("done", call.done);
  call.status = document.value("status", call.status);
  call.injected = document.value("injected", call.injected);
  return call;
}

}  // namespace mmio_cts
