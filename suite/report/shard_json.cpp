#include "suite/report/shard_json.h"

#include <algorithm>
#include <filesystem>

#include "suite/report/system_json.h"

namespace mmio_cts {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

ordered_json own_json(const Profile& profile) {
  ordered_json all = ordered_json::array();
  for (const OwnContent& own : profile.own) {
    ordered_json entry = {{"size", own.bytes.size()}};
    if (own.name) entry["name"] = *own.name;
    all.push_back(std::move(entry));
  }
  return all;
}

ordered_json violation_json(const Violation& violation) {
  return {{"requirement", violation.requirement},
          {"code", violation.code},
          {"about", violation.about},
          {"step", violation.step},
          {"expected", violation.expected},
          {"actual", violation.actual}};
}

Violation violation_from(const json& entry) {
  return {entry.at("requirement"), entry.at("code"),  entry.at("expected"),
          entry.at("actual"),      entry.at("about"), entry.at("step").get<std::uint32_t>()};
}

ordered_json case_json(const JudgedCase& judged) {
  const CaseResult& result = judged.result;
  ordered_json entry = {{"id", judged.script->id},
                        {"end", case_end_names[static_cast<std::size_t>(result.end)]}};
  if (!result.reason.empty()) entry["reason"] = result.reason;
  for (const Violation& violation : result.violations)
    entry["violations"].push_back(violation_json(violation));
  if (!result.decided.empty()) entry["decided"] = result.decided;
  if (!result.traits.empty()) entry["traits"] = result.traits;
  if (!result.faults.empty()) entry["faults"] = to_json(result.faults);
  if (!result.system.empty()) entry["system"] = to_json(result.system);
  if (judged.script->failing_call > 0) entry["failing_call"] = judged.script->failing_call;
  return entry;
}

}  // namespace

ordered_json shard_json(const CandidateRun& run) {
  ordered_json shard = {{"index", run.shard->index}, {"of", run.shard->of}, {"interrupted", run.interrupted}};
  if (!run.manifest.file.empty()) shard["manifest"] = std::filesystem::absolute(run.manifest.file).string();
  shard["open"] = run.manifest.open_options;
  shard["declared"] = ordered_json::array();
  for (const auto& [capability, value] : run.manifest.capabilities)
    shard["declared"].push_back(capability_name(capability));
  shard["adapter"] = exports_of(run.candidate.adapter_functions);
  shard["own"] = own_json(run.probed.profile);
  shard["noticed"] = run.probed.noticed;
  shard["ended"] = run.probed.ended;
  shard["cases"] = ordered_json::array();
  for (const CaseRun& one : run.cases) shard["cases"].push_back(case_json(one.judged));
  return shard;
}

CaseResult case_result_from(const json& entry) {
  CaseResult result;
  const auto end =
      std::find(case_end_names.begin(), case_end_names.end(), entry.at("end").get<std::string>());
  result.end = static_cast<CaseEnd>(end - case_end_names.begin());
  result.reason = entry.value("reason", "");
  for (const json& violation : entry.value("violations", json::array()))
    result.violations.push_back(violation_from(violation));
  result.decided = entry.value("decided", result.decided);
  result.traits = entry.value("traits", result.traits);
  result.faults = fault_tallies_from(entry.value("faults", json::array()));
  result.system = system_uses_from(entry.value("system", json::array()));
  return result;
}

}  // namespace mmio_cts
