#include "suite/run/judge_candidate.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <mutex>
#include <thread>

#include "suite/run/plan.h"
#include "suite/run/probe.h"
#include "suite/run/runtime.h"
#include "suite/run/sweep.h"

namespace mmio_cts {
namespace {

using Clock = std::chrono::steady_clock;

std::int64_t microseconds_since(Clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start).count();
}

CaseRun skipped(const Case& one, std::string reason) {
  CaseRun run;
  run.judged.script = &one;
  run.judged.result.end = CaseEnd::skipped;
  run.judged.result.reason = std::move(reason);
  return run;
}

/// A case that was run and judged.
CaseRun told(Case one, SeenCase seen, CaseResult result) {
  CaseRun run;
  run.trace = std::move(seen.trace);
  run.output = std::move(seen.output);
  run.duration_us = seen.duration_us;
  run.judged.result = std::move(result);
  forget_contents(one);
  run.adapted = std::make_shared<const Case>(std::move(one));
  run.judged.script = run.adapted.get();
  return run;
}

// Hands out the cases to `jobs` threads. Each result lies at its case's index, so their order does not
// matter.
class Pool {
 public:
  Pool(std::vector<const Case*> cases, const Profile& profile, const JudgeSettings& settings,
       const RunOptions& options, std::vector<CaseRun>& into)
      : cases_(std::move(cases)),
        order_(run_order(cases_.size(), options.seed)),
        profile_(profile),
        settings_(settings),
        options_(options),
        into_(into),
        confirmed_(options.confirmed != nullptr ? *options.confirmed : own_confirmed_) {
    into_.resize(cases_.size());
  }

  void run(const Candidate& candidate, CaseRunner& first) {
    std::vector<std::thread> threads;
    for (int i = 1; i < options_.jobs; ++i)
      threads.emplace_back([&] {
        guarded([&] {
          CaseRunner runner(runner_settings(candidate, options_));
          work(runner, candidate);
        });
      });
    guarded([&] { work(first, candidate); });
    for (std::thread& thread : threads) thread.join();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  template <typename Work>
  void guarded(Work work) {
    try {
      work();
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      next_ = cases_.size();
    }
  }

  void work(CaseRunner& runner, const Candidate& candidate) {
    for (std::size_t i = next_++; i < cases_.size(); i = next_++) {
      into_[order_[i]] = run_adapted(runner, *cases_[order_[i]], candidate);
      const std::lock_guard lock(mutex_);
      if (options_.progress) options_.progress(++done_, cases_.size());
    }
  }

  CaseRun run_adapted(CaseRunner& runner, const Case& one, const Candidate& candidate) {
    auto adapted = adapt(one, profile_, candidate.abi, settings_.contract);
    if (!adapted) return skipped(one, adapted.error());
    const auto run_one = [&](Case instance) {
      return run_instance(runner, one, std::move(instance), candidate);
    };
    return adapted->sweeps() ? run_sweep(*adapted, run_one) : run_one(std::move(*adapted));
  }

  /// `adapted` is `one`, or it with a certain call to fail.
  CaseRun run_instance(CaseRunner& runner, const Case& one, Case adapted, const Candidate& candidate) {
    const std::string key = options_.journal == nullptr ? "" : Journal::key_of(candidate, adapted);
    if (auto seen = options_.journal == nullptr ? std::nullopt : options_.journal->find(key)) {
      CaseResult result = judge_case(settings_, adapted, seen->trace);
      return told(std::move(adapted), std::move(*seen), std::move(result));
    }
    if (options_.stop != nullptr && *options_.stop) return skipped(one, "interrupted");
    CaseRun run = run_case(runner, std::move(adapted), settings_, confirmed_);
    // What the suite itself has failed in may go well the next time.
    if (options_.journal != nullptr && run.judged.result.end != CaseEnd::error)
      options_.journal->add(key, {run.trace, run.output, run.duration_us});
    return run;
  }

  const std::vector<const Case*> cases_;
  const std::vector<std::size_t> order_;
  const Profile& profile_;
  const JudgeSettings& settings_;
  const RunOptions& options_;
  std::vector<CaseRun>& into_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  std::size_t done_ = 0;
  Confirmed own_confirmed_;
  Confirmed& confirmed_;
  std::exception_ptr failure_;
};

}  // namespace

RunnerSettings runner_settings(const Candidate& candidate, const RunOptions& options) {
  RunnerSettings settings;
  settings.worker = options.worker;
  settings.scratch_root = options.scratch_root;
  settings.abi = candidate.abi;
  settings.library = candidate.library;
  settings.reach = candidate.reach;
  settings.adapter = candidate.adapter;
  settings.adapter_functions = candidate.adapter_functions;
  settings.files = options.manifest.files;
  settings.step_timeout = options.step_timeout;
  settings.case_timeout = options.case_timeout;
  settings.isolation = options.isolation;
  settings.wine = options.wine;
  settings.sandbox = options.sandbox;
  return settings;
}

bool Confirmed::has_all(const std::vector<Violation>& violations) const {
  const std::lock_guard lock(mutex_);
  return std::all_of(violations.begin(), violations.end(), [&](const Violation& v) {
    return ways_.contains({v.requirement, v.code});
  });
}

void Confirmed::add(const std::vector<Violation>& violations) {
  const std::lock_guard lock(mutex_);
  for (const Violation& violation : violations) ways_.insert({violation.requirement, violation.code});
}

void forget_contents(Case& one) {
  for (Step& step : one.steps)
    if (auto* prepare = std::get_if<Prepare>(&step.action);
        prepare && prepare->kind == Prepare::Kind::content)
      prepare->content = {};
}

CaseRun run_case(CaseRunner& runner, Case one, const JudgeSettings& settings, Confirmed& confirmed) {
  const auto start = Clock::now();
  SeenCase seen;
  CaseResult result;
  for (bool again = true; again;) {
    seen.trace = runner.run(one);
    seen.output = runner.captured_output();
    result = judge_case(settings, one, seen.trace);
    const bool ended_badly = result.end > CaseEnd::skipped;
    again = runner.used() && (ended_badly || !confirmed.has_all(result.violations));
    if (again)
      runner.replace_worker();
    else
      confirmed.add(result.violations);
  }
  seen.duration_us = microseconds_since(start);
  return told(std::move(one), std::move(seen), std::move(result));
}

JudgeSettings judge_settings(const Contract& contract, Edition edition, const Profile& profile) {
  return {contract, edition, profile.can, profile.content};
}

CandidateRun judge_candidate(const Candidate& candidate, const std::vector<Case>& cases,
                             const Contract& contract, const RunOptions& options) {
  const auto start = Clock::now();
  CandidateRun run;
  run.candidate = candidate;
  run.manifest = options.manifest;
  run.required = options.required;
  run.selected = options.selected;
  run.edition = options.edition;
  run.level = options.level;
  run.jobs = options.jobs;
  run.seed = options.seed;
  run.shard = options.shard;
  run.runtime = runtime_name(options.wine);
  if (options.sandbox) run.containment = options.sandbox->containment();
  run.cases_digest = digest_of(cases);
  run.started_at = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));

  CaseRunner runner(runner_settings(candidate, options));
  run.probed = options.known != nullptr
                   ? *options.known
                   : probe(runner, contract, options.manifest, candidate.adapter_functions);
  if (!run.probed.not_opened.empty()) run.probed.opens = false;  // what is declared must be there
  if (!run.probed.opens) return run;

  const Profile& profile = run.probed.profile;
  const JudgeSettings settings = judge_settings(contract, options.edition, profile);
  Pool(cases_of(cases, options.shard), profile, settings, options, run.cases).run(candidate, runner);
  run.interrupted = options.stop != nullptr && *options.stop;
  sum_up(run, contract);
  run.duration_us = microseconds_since(start);
  return run;
}

}  // namespace mmio_cts
