#include "suite/cli/selftest/trial.h"

#include <algorithm>
#include <utility>

#include "suite/cli/resources.h"
#include "suite/judge/evidence.h"

namespace mmio_cts {
namespace {

using Kind = TriedProcedure::Kind;

bool is_silent(const CaseRun& run) {
  return run.judged.result.end == CaseEnd::complete && run.judged.result.violations.empty();
}

bool has_noticed(const CaseRun& run) { return run.judged.result.end != CaseEnd::skipped && !is_silent(run); }

std::vector<JudgedCase> judged_cases(const std::map<std::string, CaseRun>& results) {
  std::vector<JudgedCase> judged;
  for (const auto& [id, run] : results) judged.push_back(run.judged);
  return judged;
}

}  // namespace

TriedProcedure Trial::unjudged() const {
  TriedProcedure tried;
  tried.kind = specimen_.kind;
  tried.name = specimen_.name;
  tried.base = specimen_.base;
  tried.breaks = specimen_.breaks;
  tried.in_part = specimen_.kind == Kind::defect && settings_.extent == CaseChoice::Extent::quick;
  return tried;
}

TriedProcedure Trial::on(Abi abi) {
  TriedProcedure tried = unjudged();
  if (is_interrupted()) {
    tried.error = "interrupted";
    return tried;
  }
  SubjectOptions options;
  options.manifest = specimen_.manifest;
  const auto subject = find_subject(built_library(abi, specimen_.library).string(), specimen_.procedure,
                                    options, settings_.contract);
  if (!subject) {
    tried.error = to_string(subject.error().error);
    return tried;
  }
  Results results = silent_on(abi);
  std::vector<Case> cases = choose(tried);
  std::set<std::string> done;
  for (int round = 0; round < 2 && !cases.empty(); ++round) {
    tried.error = run(*subject, cases, results);
    conclude(attribute(settings_.contract, judged_cases(results)), tried);
    if (!tried.error.empty() || tried.is_right()) break;
    for (const Case& one : cases) done.insert(one.id);
    cases = choice_.more(tried, done);
  }
  if (!first_) first_ = std::move(results);
  return tried;
}

std::vector<Case> Trial::choose(const TriedProcedure& tried) const {
  if (!first_) return choice_.first(tried, specimen_.number);
  std::set<std::string> asked, noticed;
  for (const auto& [id, run] : *first_) {
    asked.insert(id);
    if (has_noticed(run)) noticed.insert(id);
  }
  return choice_.again(tried, specimen_.number, asked, noticed);
}

Trial::Results Trial::silent_on(Abi abi) const {
  Results silent;
  if (!first_ || specimen_.kind != Kind::defect) return silent;
  for (const auto& [id, run] : *first_) {
    const auto& abis = run.judged.script->abis;
    if (is_silent(run) && std::find(abis.begin(), abis.end(), abi) != abis.end()) silent.emplace(id, run);
  }
  return silent;
}

std::string Trial::run(const Subject& subject, const std::vector<Case>& cases, Results& results) {
  auto options = run_options(settings_.judging, subject);
  if (!options) return to_string(options.error().error);
  options->jobs = 1;
  options->confirmed = &confirmed_;
  if (settings_.extent == CaseChoice::Extent::quick && probed_) options->known = &*probed_;
  auto run = judge(subject.candidate, cases, settings_.contract, *options);
  if (!run) return to_string(run.error().error);
  for (CaseRun& one : run->cases) {
    std::string id = one.judged.script->id;
    // What is skipped here says nothing, whatever it said on the first ABI.
    results.erase(id);
    if (one.judged.result.end == CaseEnd::skipped) continue;
    one.trace = {};
    one.output = {};
    results.insert_or_assign(std::move(id), std::move(one));
  }
  if (!probed_) probed_ = run->probed;
  if (run->interrupted) return "interrupted";
  return run->probed.opens ? "" : why_not_opened(subject.candidate, run->probed);
}

void Trial::conclude(const Attribution& all, TriedProcedure& tried) {
  tried.blamed_must.clear();
  tried.blamed_should.clear();
  tried.failing.clear();
  for (const Finding& finding : all.findings)
    (finding.level == Level::must ? tried.blamed_must : tried.blamed_should).insert(finding.requirement);
  for (const CaseVerdict& one : all.verdicts)
    if (one.verdict != Verdict::pass) tried.failing.insert(one.script->id);
}

std::set<std::string> Trial::indispensable() const {
  std::set<std::string> needed;
  if (!first_) return needed;
  const std::vector<JudgedCase> judged = judged_cases(*first_);
  const std::vector<Evidence> evidence = gather_evidence(settings_.contract, judged);
  const auto is_right_without = [&](const std::string& file) {
    std::vector<const Evidence*> others;
    for (const Evidence& one : evidence)
      if (one.file != file) others.push_back(&one);
    TriedProcedure tried = unjudged();
    for (const std::string& row : blamed_rows(settings_.contract, others))
      (settings_.contract.find(row)->level == Level::must ? tried.blamed_must : tried.blamed_should)
          .insert(row);
    return tried.is_right();
  };
  if (!is_right_without("")) return needed;
  std::set<std::string> files;
  for (const Evidence& one : evidence)
    if (files.insert(one.file).second && !is_right_without(one.file)) needed.insert(one.file);
  return needed;
}

}  // namespace mmio_cts
