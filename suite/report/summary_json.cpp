#include "suite/report/summary_json.h"

#include "suite/judge/finding_code.h"
#include "suite/report/run_lookup.h"
#include "suite/report/trace_json.h"

namespace mmio_cts {
namespace {

using nlohmann::ordered_json;

// Told alike on every system: what this one calls a crash is told of the host.
std::string neutral_actual(const std::string& code, const std::string& actual) {
  return code == "crash" ? "it crashes" : actual;
}

ordered_json level_json(const Summary& summary, Level level, const char* violated) {
  const Coverage coverage = coverage_of(summary, level);
  return {{"pass", coverage.exercised - coverage.violated},
          {violated, coverage.violated},
          {"skip", coverage.all - coverage.exercised}};
}

ordered_json occurrence_json(const Occurrence& occurrence, const std::string& code) {
  ordered_json json = {{"case", occurrence.case_id},
                       {"step", occurrence.step},
                       {"action", occurrence.action},
                       {"expected", occurrence.expected},
                       {"actual", neutral_actual(code, occurrence.actual)}};
  if (!occurrence.noticed_as.empty()) json["noticed_as"] = occurrence.noticed_as;
  return json;
}

ordered_json finding_json(const Finding& finding, const Contract& contract) {
  const Requirement& row = *contract.find(finding.requirement);
  const FindingCode& code = finding_code(finding.code);
  ordered_json json = {{"requirement", row.id},
                       {"level", level_name(finding.level)},
                       {"code", finding.code},
                       {"statement", row.statement},
                       {"source", row.source},
                       {"what", code.what},
                       {"expected", finding.expected},
                       {"actual", neutral_actual(finding.code, finding.actual)},
                       {"why", code.why},
                       {"mend", code.mend}};
  json["contradictions"] = ordered_json::array();
  for (const Contradiction* contradiction : contradictions_of(row, contract))
    json["contradictions"].push_back({{"id", contradiction->id},
                                      {"topic", without_emphasis(contradiction->topic)},
                                      {"ruling", without_emphasis(contradiction->ruling)}});
  json["implied"] = finding.implied;
  json["occurrences"] = ordered_json::array();
  for (const Occurrence& occurrence : finding.occurrences)
    json["occurrences"].push_back(occurrence_json(occurrence, finding.code));
  return json;
}

ordered_json violations_json(const CaseRun& one) {
  ordered_json json = ordered_json::array();
  for (const Violation& violation : one.judged.result.violations) {
    const Step& step = one.judged.script->steps[violation.step];
    json.push_back({{"requirement", violation.requirement},
                    {"code", violation.code},
                    {"step", step.pointer},
                    {"action", describe(step)},
                    {"expected", violation.expected},
                    {"actual", neutral_actual(violation.code, violation.actual)}});
  }
  return json;
}

std::string neutral_reason(const CaseVerdict& verdict, const CaseRun& one) {
  const EndObservation* end = end_of(one);
  return end != nullptr && end->kind == EndObservation::Kind::crash ? "it crashes" : verdict.reason;
}

}  // namespace

ordered_json totals_json(const Summary& summary) {
  ordered_json json = ordered_json::object();
  for (int i = 0; i <= static_cast<int>(Verdict::error); ++i) {
    const auto verdict = static_cast<Verdict>(i);
    json[std::string(verdict_name(verdict))] = count_of(summary, verdict);
  }
  json["must"] = level_json(summary, Level::must, "fail");
  json["should"] = level_json(summary, Level::should, "warn");
  return json;
}

ordered_json traits_json(const Summary& summary) {
  ordered_json json = ordered_json::object();
  for (const auto& [name, values] : summary.traits) json[name] = values;
  return json;
}

ordered_json findings_json(const Summary& summary, const Contract& contract) {
  ordered_json json = ordered_json::array();
  for (const Finding& finding : summary.findings) json.push_back(finding_json(finding, contract));
  return json;
}

ordered_json requirement_json(const RequirementVerdict& verdict) {
  ordered_json json = {{"id", verdict.row->id},
                       {"level", level_name(verdict.row->level)},
                       {"tier", tier_name(verdict.row->tier)},
                       {"verdict", verdict_name(verdict.verdict)},
                       {"exercised", verdict.exercised}};
  if (!verdict.reason.empty()) json["reason"] = verdict.reason;
  return json;
}

ordered_json requirements_json(const Summary& summary) {
  ordered_json json = ordered_json::array();
  for (const RequirementVerdict& verdict : summary.requirements) json.push_back(requirement_json(verdict));
  return json;
}

ordered_json cases_json(const Summary& summary, const CandidateRun& run) {
  ordered_json json = ordered_json::array();
  for (const CaseVerdict& verdict : summary.cases) {
    ordered_json row = {{"id", verdict.script->id}, {"verdict", verdict_name(verdict.verdict)}};
    if (verdict.verdict != Verdict::pass) {
      const CaseRun& one = run_of(run, *verdict.script);
      if (const std::string reason = neutral_reason(verdict, one); !reason.empty()) row["reason"] = reason;
      row["title"] = verdict.script->title;
      if (verdict.verdict != Verdict::skip) {
        row["violations"] = violations_json(one);
        row["trace"] = trace_json(one);
      }
    }
    json.push_back(std::move(row));
  }
  return json;
}

}  // namespace mmio_cts
