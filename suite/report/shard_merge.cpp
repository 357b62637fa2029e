#include "suite/report/shard_merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "suite/judge/finding_code.h"
#include "suite/report/containment_json.h"
#include "suite/report/merged_candidate.h"
#include "suite/report/shard_json.h"
#include "suite/report/trace_reader.h"
#include "suite/run/judge_candidate.h"
#include "suite/run/plan.h"
#include "suite/script/sweep.h"

namespace mmio_cts {
namespace {

using nlohmann::json;

// What is wrong with one file, turned into a value at the border of this one.
struct Mistake {
  Error error;
};

/// A case's entry in the parts of a shard's report.
struct Entry {
  const ShardReport* shard = nullptr;
  std::string place;
  const json* noted = nullptr;  ///< under "shard": what the judge took down
  const json* shown = nullptr;  ///< under "cases" or "per_abi"
  const json* extra = nullptr;  ///< under "volatile", if it was run
  std::string crash;            ///< what its system calls it, if it crashed

  [[noreturn]] void refuse(const std::string& within, std::string message) const {
    throw Mistake{{shard->file, place + within, std::move(message)}};
  }
};

using Entries = std::map<std::string, Entry>;

void add_entries(const ShardReport& shard, Entries& entries) {
  const json& document = shard.document;
  const json& noted = document.at("shard").at("cases");
  for (std::size_t i = 0; i < noted.size(); ++i) {
    Entry entry{&shard, fmt::format("/shard/cases/{}", i), &noted[i], nullptr, nullptr, ""};
    const auto [other, is_new] = entries.try_emplace(noted[i].at("id"), entry);
    if (!is_new)
      entry.refuse("/id",
                   fmt::format("{} is also in {}", noted[i].at("id").dump(), other->second.shard->file));
  }
  const auto with_entry = [&](const json& all, const char* member, auto take) {
    for (const json& one : all)
      if (const auto found = entries.find(one.at(member)); found != entries.end()) take(found->second, one);
  };
  for (const json* all : {&document.at("cases"), &document.at("per_abi").at("cases")})
    with_entry(*all, "id", [](Entry& entry, const json& one) { entry.shown = &one; });
  with_entry(document.at("volatile").at("cases"), "id",
             [](Entry& entry, const json& one) { entry.extra = &one; });
  with_entry(document.at("host").at("crashes"), "case",
             [](Entry& entry, const json& one) { entry.crash = one.at("what"); });
}

// The rest of the suite takes for granted that rows, codes and steps exist.
void check_result(const Entry& entry, const CaseResult& result, const Case& script,
                  const Contract& contract) {
  const auto codes = finding_codes();
  for (std::size_t i = 0; i < result.violations.size(); ++i) {
    const Violation& violation = result.violations[i];
    const std::string place = fmt::format("/violations/{}", i);
    for (const auto& [member, row] :
         {std::pair{"requirement", &violation.requirement}, {"about", &violation.about}})
      if (contract.find(*row) == nullptr)
        entry.refuse(fmt::format("{}/{}", place, member), fmt::format("'{}' is no requirement", *row));
    if (std::none_of(codes.begin(), codes.end(),
                     [&](const FindingCode& code) { return code.name == violation.code; }))
      entry.refuse(place + "/code", fmt::format("'{}' is no code of a finding", violation.code));
    if (violation.step >= script.steps.size())
      entry.refuse(place + "/step", fmt::format("the case has {} steps", script.steps.size()));
  }
}

/// What was seen of it, as far as the report tells; of one that passed that is nothing.
Trace trace_of(const Entry& entry, const CaseResult& result, const Case& script) {
  // One that was run and skipped could not get the state that it needs.
  if (result.end == CaseEnd::skipped)
    return entry.extra == nullptr ? Trace{} : Trace{PrepareObservation{0, result.reason}};
  try {
    Trace trace = trace_from_json(entry.shown->value("trace", json::array()), script);
    if (auto* end = trace.empty() ? nullptr : std::get_if<EndObservation>(&trace.back())) {
      if (end->kind == EndObservation::Kind::crash) end->what = entry.crash;
      if (entry.extra != nullptr) end->where = entry.extra->value("where", "");
    }
    return trace;
  } catch (const std::invalid_argument& wrong) {
    entry.refuse("/id", fmt::format("the trace of {}: {}", script.id, wrong.what()));
  }
}

CaseRun case_run(const Entry& entry, const Case& one, const CandidateRun& run, const Contract& contract) {
  if (entry.shown == nullptr) entry.refuse("/id", one.id + " is not among the cases of this report");
  CaseRun made;
  made.judged.script = &one;
  if (auto adapted = adapt(one, run.probed.profile, run.candidate.abi, contract)) {
    if (const auto nth = entry.noted->value("failing_call", std::int64_t{0}); nth > 0)
      *adapted = at_call(*adapted, nth);
    forget_contents(*adapted);
    made.adapted = std::make_shared<const Case>(std::move(*adapted));
    made.judged.script = made.adapted.get();
  }
  made.judged.result = case_result_from(*entry.noted);
  check_result(entry, made.judged.result, *made.judged.script, contract);
  made.trace = trace_of(entry, made.judged.result, *made.judged.script);
  if (entry.extra != nullptr) {
    made.duration_us = entry.extra->at("duration_us").get<std::int64_t>();
    made.output = entry.extra->value("output", "");
  }
  return made;
}

// What differs between runs, and whether all was run.
void add_circumstances(const ShardReport& shard, std::set<std::string>& runtimes, CandidateRun& run) {
  const json& circumstances = shard.document.at("volatile");
  const std::string began = circumstances.at("started_at");
  if (run.started_at.empty() || began < run.started_at) run.started_at = began;
  run.duration_us += circumstances.at("duration_us").get<std::int64_t>();
  run.jobs = std::max(run.jobs, circumstances.at("jobs").get<int>());
  run.interrupted = run.interrupted || shard.document.at("shard").at("interrupted").get<bool>();
  if (const std::string runtime = shard.document.at("host").at("runtime"); runtimes.insert(runtime).second)
    run.runtime += (run.runtime.empty() ? "" : ", ") + runtime;
}

MergedRun merge(const std::vector<ShardReport>& shards, std::vector<Case> cases, const Contract& contract) {
  Entries entries;
  std::set<std::string> runtimes;
  std::vector<Containment> containments;
  MergedRun merged;
  auto about = candidate_of(shards.front(), contract);
  if (!about) throw Mistake{std::move(about.error())};
  merged.run = std::move(*about);
  for (const ShardReport& shard : shards) {
    add_entries(shard, entries);
    add_circumstances(shard, runtimes, merged.run);
    containments.push_back(containment_from(shard.document.at("host").at("sandbox")));
  }
  merged.run.containment = common_containment(containments);
  std::erase_if(cases, [&](const Case& one) { return !entries.contains(one.id); });
  merged.cases = std::move(cases);
  if (const std::string digest = digest_of(merged.cases); digest != merged.run.cases_digest)
    throw Mistake{{shards.front().file, "/suite/cases_digest",
                   fmt::format("the cases are not those that were run, whose digest is {}", digest)}};
  for (const Case& one : merged.cases)
    merged.run.cases.push_back(case_run(entries.at(one.id), one, merged.run, contract));
  sum_up(merged.run, contract);
  return merged;
}

}  // namespace

tl::expected<MergedRun, Error> merge_shards(const std::vector<ReportText>& reports, std::vector<Case> cases,
                                            const Contract& contract, const SuiteInfo& suite) {
  const auto shards = read_shards(reports, suite);
  if (!shards) return tl::unexpected(shards.error());
  try {
    return merge(*shards, std::move(cases), contract);
  } catch (const Mistake& mistake) {
    return tl::unexpected(mistake.error);
  }
}

}  // namespace mmio_cts
