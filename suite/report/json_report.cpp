#include "suite/report/json_report.h"

#include <algorithm>
#include <span>

#include "suite/candidate/sha256.h"
#include "suite/report/containment_json.h"
#include "suite/report/manifest_json.h"
#include "suite/report/replay_command.h"
#include "suite/report/run_lookup.h"
#include "suite/report/shard_json.h"
#include "suite/report/summary_json.h"
#include "suite/report/system_json.h"
#include "suite/report/verdict_line.h"
#include "suite/run/known_failures.h"

namespace mmio_cts {
namespace {

using nlohmann::ordered_json;

ordered_json suite_json(const CandidateRun& run, const Contract& contract, const SuiteInfo& suite) {
  return {{"name", "mmio-cts"},
          {"version", suite.version},
          {"contract",
           {{"edition", edition_name(run.edition)},
            {"version", contract.version()},
            {"digest", suite.contract_digest}}},
          {"cases_digest", run.cases_digest}};
}

ordered_json candidate_json(const CandidateRun& run, const SuiteInfo& suite) {
  const Candidate& candidate = run.candidate;
  return {{"library", candidate.library.string()},
          {"sha256", candidate.sha256},
          {"abi", abi_name(candidate.abi)},
          {"format", candidate.format},
          {"machine", candidate.machine},
          {"proc", candidate.procedure},
          {"requested", candidate.requested},
          {"exports", candidate.exports},
          {"replay", replay_template(run, suite.command)},
          {"manifest", manifest_json(candidate, run.manifest, run.probed)}};
}

ordered_json capabilities_json(const CapabilitySet& set) {
  ordered_json json = ordered_json::object();
  for (const CapabilityRow& row : capabilities) json[std::string(row.name)] = set.has(row.capability);
  return json;
}

std::string source_of_capabilities(const CandidateRun& run) {
  const std::size_t declared = run.manifest.capabilities.size();
  return declared == 0 ? "inferred" : declared == capabilities.size() ? "declared" : "declared and inferred";
}

ordered_json known_failures_json(const CandidateRun& run) {
  ordered_json json = ordered_json::array();
  for (const KnownOutcome& outcome : known_outcomes(run)) {
    ordered_json entry = {{"requirement", outcome.failure->requirement}};
    if (!outcome.failure->code.empty()) entry["code"] = outcome.failure->code;
    entry["reason"] = outcome.failure->reason;
    entry["expires"] = outcome.failure->expires;
    entry["state"] = known_state_name(outcome.state);
    json.push_back(std::move(entry));
  }
  return json;
}

ordered_json required_json(const CandidateRun& run) {
  const std::vector<Capability> missing = lacking(run);
  ordered_json json = ordered_json::array();
  for (const Capability capability : run.required)
    json.push_back({{"capability", capability_name(capability)},
                    {"lacking", std::find(missing.begin(), missing.end(), capability) != missing.end()}});
  return json;
}

ordered_json not_judged_json(const Probed& probed) {
  ordered_json json = ordered_json::array();
  for (const auto& [capability, why] : probed.absent)
    json.push_back({{"capability", capability_name(capability)}, {"why", why}});
  return json;
}

// What a system calls a crash differs between systems, so it is told of the host.
ordered_json host_json(const CandidateRun& run) {
  ordered_json crashes = ordered_json::array();
  for (const CaseRun& one : run.cases)
    if (const EndObservation* end = end_of(one); end != nullptr && end->kind == EndObservation::Kind::crash)
      crashes.push_back({{"case", one.judged.script->id}, {"what", end->what}});
  return {{"runtime", run.runtime},
          {"abi", abi_name(run.candidate.abi)},
          {"sandbox", containment_json(run.containment)},
          {"crashes", std::move(crashes)}};
}

ordered_json verdict_json(const CandidateRun& run) {
  return {{"conformant", is_conformant(run) && !has_known_violation(run)},
          {"accepted", is_conformant(run)},
          {"level", level_name(run.level)},
          {"role", role_of(run.probed.profile.can)},
          {"edition", edition_name(run.edition)},
          {"tested", tested_anything(run)},
          {"complete", !run.interrupted && !run.shard},
          {"selected", run.selected},
          {"text", verdict_line(run)}};
}

ordered_json per_abi_json(const CandidateRun& run, const Contract& contract) {
  ordered_json requirements = ordered_json::array();
  for (const RequirementVerdict& verdict : run.per_abi.requirements)
    if (verdict.exercised > 0) requirements.push_back(requirement_json(verdict));
  // Rows that only the other cases are about are no gap here.
  ordered_json totals = totals_json(run.per_abi);
  for (const char* level : {"must", "should"}) totals[level].erase("skip");
  return {{"totals", std::move(totals)},
          {"traits", traits_json(run.per_abi)},
          {"faults", to_json(run.per_abi.faults)},
          {"system", to_json(run.per_abi.system)},
          {"findings", findings_json(run.per_abi, contract)},
          {"requirements", std::move(requirements)},
          {"cases", cases_json(run.per_abi, run)}};
}

ordered_json volatile_json(const CandidateRun& run) {
  ordered_json cases = ordered_json::array();
  for (const CaseRun& one : run.cases) {
    if (one.judged.result.end == CaseEnd::skipped && one.trace.empty()) continue;
    ordered_json row = {{"id", one.judged.script->id}, {"duration_us", one.duration_us}};
    if (const EndObservation* end = end_of(one); end != nullptr && !end->where.empty())
      row["where"] = end->where;
    if (!one.output.empty()) row["output"] = one.output;
    cases.push_back(std::move(row));
  }
  ordered_json json = {{"started_at", run.started_at}, {"duration_us", run.duration_us}, {"jobs", run.jobs}};
  if (run.seed) json["seed"] = *run.seed;
  json["cases"] = std::move(cases);
  return json;
}

}  // namespace

std::string contract_digest() {
  return sha256(std::as_bytes(std::span(embedded_contract_text()))).value_or("");
}

ordered_json report_json(const CandidateRun& run, const Contract& contract, const SuiteInfo& suite) {
  ordered_json report;
  report["schema"] = {{"id", "mmio-cts-report"}, {"version", 1}};
  report["suite"] = suite_json(run, contract, suite);
  report["candidate"] = candidate_json(run, suite);
  report["host"] = host_json(run);
  report["verdict"] = verdict_json(run);
  report["totals"] = totals_json(run.common);
  report["capabilities"] = capabilities_json(run.probed.profile.can);
  report["capabilities_source"] = source_of_capabilities(run);
  report["content"] = content_name(run.probed.profile.content);
  report["required"] = required_json(run);
  report["known_failures"] = known_failures_json(run);
  report["not_judged"] = not_judged_json(run.probed);
  report["traits"] = traits_json(run.common);
  report["findings"] = findings_json(run.common, contract);
  report["requirements"] = requirements_json(run.common);
  report["cases"] = cases_json(run.common, run);
  report["per_abi"] = per_abi_json(run, contract);
  if (run.shard) report["shard"] = shard_json(run);
  report["volatile"] = volatile_json(run);
  return report;
}

std::string to_text(const ordered_json& document) {
  return document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace mmio_cts
