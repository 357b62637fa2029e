#include "suite/report/verdict_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "suite/report/run_lookup.h"
#include "suite/report/text_layout.h"
#include "suite/run/known_failures.h"

namespace mmio_cts {
namespace {

std::size_t rows_violated(const CandidateRun& run, Level level) {
  std::set<std::string> rows;
  for (const Summary* summary : {&run.common, &run.per_abi})
    for (const Finding& finding : summary->findings)
      if (finding.level == level && known_failure_of(run, finding) == nullptr)
        rows.insert(finding.requirement);
  return rows.size();
}

std::size_t cases_ended(const CandidateRun& run, Verdict verdict) {
  return static_cast<std::size_t>(count_of(run.common, verdict) + count_of(run.per_abi, verdict));
}

std::vector<std::string> outdated_known_failures(const CandidateRun& run) {
  std::vector<std::string> parts;
  for (const KnownOutcome& outcome : known_outcomes(run)) {
    if (outcome.state == KnownState::stale)
      parts.push_back(fmt::format("known failure {} no longer fails", outcome.failure->requirement));
    if (outcome.state == KnownState::expired)
      parts.push_back(fmt::format("known failure {} has expired on {}", outcome.failure->requirement,
                                  outcome.failure->expires));
  }
  return parts;
}

std::string what_is_wrong(const CandidateRun& run) {
  if (!has_violation(run)) return "";
  std::vector<std::string> parts;
  for (const Level level : {Level::must, Level::should})
    if (const std::size_t rows = rows_violated(run, level); rows > 0 && level <= run.level) {
      const std::string name(level_name(level));
      parts.push_back(counted(rows, name + " row violated", name + " rows violated"));
    }
  if (const std::size_t count = cases_ended(run, Verdict::crash))
    parts.push_back(counted(count, "case crashed", "cases crashed"));
  if (const std::size_t count = cases_ended(run, Verdict::hang))
    parts.push_back(counted(count, "case hung", "cases hung"));
  for (const Capability capability : lacking(run))
    parts.push_back(
        fmt::format("'{}' is required, and it lacks or could not be tried", capability_name(capability)));
  for (std::string& outdated : outdated_known_failures(run)) parts.push_back(std::move(outdated));
  return fmt::format("{}", fmt::join(parts, ", "));
}

// What a run that is accepted owes to failures that are known.
std::string known_failures(const CandidateRun& run) {
  std::vector<std::string> parts = outdated_known_failures(run);
  const auto outcomes = known_outcomes(run);
  const auto seen = static_cast<std::size_t>(
      std::count_if(outcomes.begin(), outcomes.end(),
                    [](const KnownOutcome& outcome) { return outcome.state == KnownState::seen; }));
  if (seen > 0) parts.insert(parts.begin(), "but for " + counted(seen, "known failure", "known failures"));
  return parts.empty() ? "" : fmt::format(", {}", fmt::join(parts, ", "));
}

}  // namespace

std::string verdict_line(const CandidateRun& run) {
  if (!run.probed.load_error.empty())
    return "NOT TESTED: the library cannot be loaded: " + run.probed.load_error;
  if (!run.probed.opens) return "NOT TESTED: " + run.probed.open_error;

  Coverage coverage = coverage_of(run.common, Level::must);
  // Of selected cases all may be of the other kind.
  if (coverage.exercised == 0) coverage = coverage_of(run.per_abi, Level::must);
  const std::string exercised = fmt::format("{} of {} must rows exercised", coverage.exercised, coverage.all);
  const std::string level =
      run.level == Level::must ? "" : fmt::format(" at level {}", level_name(run.level));
  const std::string edition =
      run.edition == Edition::sdk_1992 ? "" : fmt::format(" by edition {}", edition_name(run.edition));
  const std::string who =
      fmt::format(" as a {} procedure{}{}", role_of(run.probed.profile.can), edition, level);
  const std::string shard = run.shard ? fmt::format("shard {} of {}", run.shard->index, run.shard->of) : "";
  const std::string left_out = std::string(run.selected ? ", of selected cases only" : "") +
                               (run.shard ? ", " + shard + " only" : "") +
                               (run.interrupted ? ", interrupted" : "");

  if (const std::string wrong = what_is_wrong(run); !wrong.empty())
    return fmt::format("NOT CONFORMANT{}: {}; {}{}", who, wrong, exercised, left_out);
  if (const std::size_t errors = cases_ended(run, Verdict::error))
    return fmt::format("NOT JUDGED{}: {} by a fault of the suite or its surroundings; {}{}", who,
                       counted(errors, "case was stopped", "cases were stopped"), exercised, left_out);
  if (run.interrupted)
    return fmt::format("INCOMPLETE{}: interrupted, nothing violated so far; {}{}", who, exercised,
                       run.shard ? ", " + shard + " only" : "");
  if (run.shard)
    return fmt::format("INCOMPLETE{}: {}, nothing violated in it; {}{}", who, shard, exercised,
                       run.selected ? ", of selected cases only" : "");
  if (!tested_anything(run))
    return fmt::format("NOT TESTED{}: OPEN, CLOSE, SEEK and READ or WRITE were not all exercised; {}", who,
                       exercised);
  return fmt::format("CONFORMANT{}{}: {}, {} not applicable or not exercised{}", who, known_failures(run),
                     exercised, coverage.all - coverage.exercised, left_out);
}

}  // namespace mmio_cts
