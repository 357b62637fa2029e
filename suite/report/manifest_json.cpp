#include "suite/report/manifest_json.h"

#include "suite/contract/message.h"

namespace mmio_cts {
namespace {

using nlohmann::ordered_json;

ordered_json procedure_json(const Reach& reach) {
  if (reach.kind == Reach::Kind::exported && reach.init.empty() && reach.exit.empty()) return reach.name;
  constexpr const char* kinds[] = {"export", "returned_by", "installed"};
  ordered_json json = {{kinds[static_cast<int>(reach.kind)], reach.name}};
  if (!reach.init.empty()) json["init"] = reach.init;
  if (!reach.exit.empty()) json["exit"] = reach.exit;
  return json;
}

}  // namespace

ordered_json manifest_json(const Candidate& candidate, const Manifest& declared, const Probed& probed) {
  const Profile& profile = probed.profile;
  ordered_json json;
  json["library"] = candidate.library.string();
  json["procedure"] = procedure_json(candidate.reach);
  if (!candidate.adapter.empty() && candidate.adapter != candidate.library)
    json["adapter"] = candidate.adapter.string();
  if (!profile.names)
    json["names"] = nullptr;
  else if (*profile.names != name_placeholder)
    json["names"] = *profile.names;
  // Where any name is served the content needs none.
  for (const OwnContent& own : profile.own)
    if (own.name && !declared.open.empty()) json["open"].push_back(*own.name);
  for (const auto& file : declared.files) json["files"].push_back(file.string());
  if (profile.info != decltype(profile.info){}) json["info"] = profile.info;
  if (profile.largest) json["largest"] = *profile.largest;
  json["content"] = content_name(profile.content);
  for (const CapabilityRow& row : capabilities)
    json["capabilities"][std::string(row.name)] = profile.can.has(row.capability);
  for (const std::uint32_t message : profile.user_messages)
    json["user_messages"].push_back(message_name(message));
  for (const KnownFailure& known : declared.known_failures) {
    ordered_json entry = {{"requirement", known.requirement}};
    if (!known.code.empty()) entry["code"] = known.code;
    entry["reason"] = known.reason;
    entry["expires"] = known.expires;
    json["known_failures"].push_back(std::move(entry));
  }
  return json;
}

}  // namespace mmio_cts
