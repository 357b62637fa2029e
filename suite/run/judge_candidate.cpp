#include "suite/run/judge_candidate.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <mutex>
#include <span>
#include <thread>

#include "suite/candidate/sha256.h"
#include "suite/run/probe.h"
#include "suite/run/runtime.h"

namespace mmio_cts {
namespace {

using Clock = std::chrono::steady_clock;

std::int64_t microseconds_since(Clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start).count();
}

// Why a case is not run at all; empty if it is.
std::string why_not(const Case& one, Abi abi, const CapabilitySet& capabilities) {
  if (std::find(one.abis.begin(), one.abis.end(), abi) == one.abis.end())
    return fmt::format("not on this ABI: {}", one.why_not_everywhere);
  for (const Capability need : one.needs)
    if (!capabilities.has(need)) return fmt::format("the procedure lacks '{}'", capability_name(need));
  return "";
}

// Hands out the cases to `jobs` threads. Each result lies at its case's index, so their order does not
// matter.
class Pool {
 public:
  Pool(const std::vector<Case>& cases, const JudgeSettings& settings, const RunOptions& options,
       std::vector<CaseRun>& into)
      : cases_(cases), settings_(settings), options_(options), into_(into) {}

  void run(const Candidate& candidate, CaseRunner& first) {
    std::vector<std::thread> threads;
    for (int i = 1; i < options_.jobs; ++i)
      threads.emplace_back([&] {
        guarded([&] {
          CaseRunner runner(runner_settings(candidate, options_));
          work(runner);
        });
      });
    guarded([&] { work(first); });
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

  void work(CaseRunner& runner) {
    for (std::size_t i = next_++; i < cases_.size(); i = next_++) {
      if (into_[i].judged.result.end == CaseEnd::skipped) continue;
      if (options_.stop != nullptr && *options_.stop)
        into_[i].judged.result = skipped("interrupted");
      else
        into_[i] = run_case(runner, cases_[i], settings_, confirmed_);
      const std::lock_guard lock(mutex_);
      if (options_.progress) options_.progress(++done_, cases_.size());
    }
  }

 public:
  static CaseResult skipped(std::string reason) {
    CaseResult result;
    result.end = CaseEnd::skipped;
    result.reason = std::move(reason);
    return result;
  }

 private:
  const std::vector<Case>& cases_;
  const JudgeSettings& settings_;
  const RunOptions& options_;
  std::vector<CaseRun>& into_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  std::size_t done_ = 0;
  Confirmed confirmed_;
  std::exception_ptr failure_;
};

std::string digest_of(const std::vector<Case>& cases) {
  std::string text;
  for (const Case& one : cases) {
    text += one.id;
    for (const std::string& document : one.step_documents) text += document;
  }
  return sha256(std::as_bytes(std::span(text))).value_or("");
}

}  // namespace

RunnerSettings runner_settings(const Candidate& candidate, const RunOptions& options) {
  RunnerSettings settings;
  settings.worker = options.worker;
  settings.scratch_root = options.scratch_root;
  settings.abi = candidate.abi;
  settings.library = candidate.library;
  settings.procedure = candidate.procedure;
  settings.step_timeout = options.step_timeout;
  settings.wine = options.wine;
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

CaseRun run_case(CaseRunner& runner, const Case& one, const JudgeSettings& settings, Confirmed& confirmed) {
  const auto start = Clock::now();
  CaseRun run;
  run.judged.script = &one;
  for (bool again = true; again;) {
    run.trace = runner.run(one);
    run.output = runner.captured_output();
    run.judged.result = judge_case(settings, one, run.trace);
    const CaseResult& result = run.judged.result;
    const bool ended_badly = result.end > CaseEnd::skipped;
    again = runner.used() && (ended_badly || !confirmed.has_all(result.violations));
    if (again)
      runner.replace_worker();
    else
      confirmed.add(result.violations);
  }
  run.duration_us = microseconds_since(start);
  return run;
}

CandidateRun judge_candidate(const Candidate& candidate, const std::vector<Case>& cases,
                             const Contract& contract, const RunOptions& options) {
  const auto start = Clock::now();
  CandidateRun run;
  run.candidate = candidate;
  run.edition = options.edition;
  run.level = options.level;
  run.jobs = options.jobs;
  run.runtime = runtime_name(options.wine);
  run.cases_digest = digest_of(cases);
  run.started_at = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));

  CaseRunner runner(runner_settings(candidate, options));
  run.capabilities = probe(runner, contract);
  if (!run.capabilities.opens) return run;

  const JudgeSettings settings{contract, options.edition, run.capabilities.set};
  run.cases.resize(cases.size());
  for (std::size_t i = 0; i < cases.size(); ++i) {
    run.cases[i].judged.script = &cases[i];
    if (std::string reason = why_not(cases[i], candidate.abi, run.capabilities.set); !reason.empty())
      run.cases[i].judged.result = Pool::skipped(std::move(reason));
  }
  Pool(cases, settings, options, run.cases).run(candidate, runner);
  run.interrupted = options.stop != nullptr && *options.stop;

  std::vector<JudgedCase> judged;
  for (const CaseRun& one : run.cases) judged.push_back(one.judged);
  run.common = summarize(contract, run.capabilities.set, judged, true);
  run.per_abi = summarize(contract, run.capabilities.set, judged, false);
  run.duration_us = microseconds_since(start);
  return run;
}

}  // namespace mmio_cts
