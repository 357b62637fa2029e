#include "suite/report/merged_candidate.h"

#include <fmt/format.h>

namespace mmio_cts {
namespace {

using nlohmann::json;

constexpr std::int64_t most_own_bytes = 1 << 30;

/// The declared part of the manifest in the report. What it names need not be on this machine.
tl::expected<Manifest, Error> manifest_of(const ShardReport& shard, const Contract& contract) {
  const json& candidate = shard.document.at("candidate");
  json document = candidate.at("manifest");
  const json files = document.value("files", json::array());
  document.erase("files");
  document.erase("capabilities");  // those of the report are found out as well
  auto manifest = parse_manifest(document.dump(), shard.file, contract);
  if (!manifest) {
    Error error = manifest.error();
    error.file = shard.file;
    error.place = "/candidate/manifest" + error.place;
    return tl::unexpected(std::move(error));
  }
  const json& said = shard.document.at("shard");
  manifest->file = said.value("manifest", "");
  manifest->open_options = said.at("open").get<std::vector<std::string>>();
  manifest->library = candidate.at("library").get<std::string>();
  manifest->procedure.adapter = document.value("adapter", "");
  for (const json& file : files)
    if (file.is_string()) manifest->files.emplace_back(file.get<std::string>());
  const json& can = shard.document.at("capabilities");
  for (const json& name : said.at("declared"))
    if (const auto capability = capability_from(name.get<std::string>()))
      manifest->capabilities[*capability] = can.at(name.get<std::string>()).get<bool>();
  return manifest;
}

Candidate read_candidate(const json& told, const Manifest& manifest, const json& shard) {
  Candidate candidate;
  candidate.library = manifest.library;
  candidate.procedure = told.at("proc");
  candidate.reach = manifest.procedure.reach;
  candidate.requested = told.at("requested");
  candidate.adapter = manifest.procedure.adapter;
  candidate.adapter_functions = adapter_functions_in(shard.at("adapter"));
  candidate.abi = *abi_from(told.at("abi").get<std::string>());
  candidate.format = told.at("format");
  candidate.machine = told.at("machine");
  candidate.sha256 = told.at("sha256");
  candidate.exports = told.at("exports").get<std::vector<std::string>>();
  return candidate;
}

// What cases are adapted to.
Profile read_profile(const json& report, const Manifest& manifest, const Candidate& candidate) {
  Profile profile;
  for (const CapabilityRow& row : capabilities)
    profile.can.set(row.capability, report.at("capabilities").at(std::string(row.name)).get<bool>());
  profile.content = *content_from(report.at("content").get<std::string>());
  if (manifest.names) profile.names = *manifest.names;
  for (const json& own : report.at("shard").at("own")) {
    OwnContent content;
    if (own.contains("name")) content.name = own.at("name").get<std::string>();
    content.bytes.resize(own.at("size").get<std::size_t>());
    profile.own.push_back(std::move(content));
  }
  profile.largest = manifest.largest;
  profile.info = manifest.info;
  profile.user_messages = manifest.user_messages;
  for (const auto& file : manifest.files) profile.file_names.insert(file.filename().string());
  profile.adapter = candidate.adapter_functions;
  return profile;
}

}  // namespace

tl::expected<CandidateRun, Error> candidate_of(const ShardReport& shard, const Contract& contract) {
  const json& report = shard.document;
  const json& own = report.at("shard").at("own");
  for (std::size_t i = 0; i < own.size(); ++i)
    if (const auto size = own[i].at("size").get<std::int64_t>(); size < 0 || size > most_own_bytes)
      return tl::unexpected(
          Error{shard.file, fmt::format("/shard/own/{}/size", i), fmt::format("{} is out of range", size)});
  auto manifest = manifest_of(shard, contract);
  if (!manifest) return tl::unexpected(manifest.error());

  CandidateRun run;
  run.manifest = std::move(*manifest);
  run.candidate = read_candidate(report.at("candidate"), run.manifest, report.at("shard"));
  run.edition =
      edition_from(report.at("verdict").at("edition").get<std::string>()).value_or(Edition::sdk_1992);
  run.level = level_from(report.at("verdict").at("level").get<std::string>()).value_or(Level::must);
  run.selected = report.at("verdict").at("selected").get<bool>();
  run.cases_digest = report.at("suite").at("cases_digest");
  for (const json& entry : report.at("required"))
    if (const auto capability = capability_from(entry.at("capability").get<std::string>()))
      run.required.push_back(*capability);
  run.probed.profile = read_profile(report, run.manifest, run.candidate);
  run.probed.opened = true;
  for (const json& entry : report.at("not_judged"))
    if (const auto capability = capability_from(entry.at("capability").get<std::string>()))
      run.probed.absent.emplace_back(*capability, entry.at("why"));
  run.probed.noticed = report.at("shard").at("noticed").get<std::vector<std::string>>();
  run.probed.ended = report.at("shard").at("ended").get<std::vector<std::string>>();
  return run;
}

}  // namespace mmio_cts
