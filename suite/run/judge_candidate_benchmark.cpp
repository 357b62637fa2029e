// How long cases take against the buffered reference procedure, on every ABI whose worker is built. Under
// Wine it needs the environment that tools/environment.sh sets.
//
// all_cases: all of them, one after the other.
//   per_case  a case, from its preparation to its verdict
//   bare      fork + dlopen of the native library + exit + wait, as many in a row
//   ratio     per_case / bare: what a case costs beyond what no case can do without
//
// isolated_case: one of ten messages with guard pages, in a scratch folder, that leaves a file and a trace.
//   per_case  from the scratch folder that is made to the trace that is read and the folder that is removed
//   bare      fork + dlopen + mkdir + file + rmdir + exit + wait, as many in a row
//   ratio     per_case / bare
// With one_processor all processes share one, so that this is all that has to be done; else how long it
// takes.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <sched.h>
#include <unistd.h>

#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

#include "suite/run/bare_case_for_benchmark.h"
#include "suite/run/judge_candidate.h"
#include "suite/run/plan.h"
#include "suite/run/probe.h"
#include "suite/run/runner_for_test.h"
#include "suite/run/scratch_root.h"
#include "suite/script/case_reader.h"

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

RunnerSettings settings_of_reference(Abi abi, const fs::path& scratch) {
  RunnerSettings settings = settings_for(abi, "BufferedFileProc", scratch);
  settings.library.replace_filename("reference_proc" + settings.library.extension().string());
  return settings;
}

bool can_run(Abi abi) {
  const RunnerSettings settings = settings_of_reference(abi, "");
  return fs::exists(settings.worker) && fs::exists(settings.library) &&
         (settings.wine.empty() || fs::exists(settings.wine));
}

/// A folder for the scratch files of one run, where the product makes it.
class ScratchFolder {
 public:
  ScratchFolder() : path_(scratch_root() / fmt::format("mmio-cts-benchmark-{}", getpid())) {
    fs::create_directories(path_);
  }
  ~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// Those that apply, as they are run.
std::vector<Case> adapted_cases(const Profile& profile, Abi abi, const Contract& contract) {
  const auto cases = read_case_folder(MMIO_CTS_CASES_FOLDER, contract);
  if (!cases) throw std::runtime_error(to_string(cases.error()));
  std::vector<Case> adapted;
  for (const Case& one : *cases)
    if (auto fitting = adapt(one, profile, abi, contract); fitting && !one.only_in_sweep)
      adapted.push_back(std::move(*fitting));
  return adapted;
}

void count_ratio(benchmark::State& state, Clock::duration cases, Clock::duration bare, double count) {
  const auto seconds_each = [&](Clock::duration all) {
    return std::chrono::duration<double>(all).count() / count;
  };
  state.counters["per_case"] = seconds_each(cases);
  state.counters["bare"] = seconds_each(bare);
  state.counters["ratio"] = seconds_each(cases) / seconds_each(bare);
}

/// A worker makes the process of the next case while the host looks at the last one: that is part of a case,
/// so it must be over before the yardstick is measured.
Clock::duration measure_bare(BareCase& yardstick, std::size_t count, const std::string& library,
                             const std::string& folder = {}) {
  constexpr std::chrono::milliseconds until_the_worker_rests{5};
  std::this_thread::sleep_for(until_the_worker_rests);
  Clock::duration all{};
  for (std::size_t i = 0; i < count; ++i) all += yardstick.measure(library, folder);
  return all;
}

void all_cases(benchmark::State& state, Abi abi, BareCase& yardstick) {
  const ScratchFolder scratch;
  const Contract contract = Contract::embedded();
  CaseRunner runner(settings_of_reference(abi, scratch.path()));
  const Probed probed = probe(runner, contract, {}, {});
  if (!probed.opens || !probed.load_error.empty())
    return state.SkipWithError("the reference cannot be judged");
  const std::vector<Case> cases = adapted_cases(probed.profile, abi, contract);
  const JudgeSettings settings = judge_settings(contract, Edition::sdk_1992, probed.profile);
  const std::string native = settings_of_reference(Abi::linux_x64, scratch.path()).library;

  Clock::duration judged{}, bare{};
  double count = 0;
  for (auto _ : state) {
    Confirmed confirmed;
    Clock::duration took{};
    for (const Case& one : cases) {
      Case mine = one;
      const auto start = Clock::now();
      benchmark::DoNotOptimize(run_case(runner, std::move(mine), settings, confirmed));
      took += Clock::now() - start;
    }
    judged += took;
    bare += measure_bare(yardstick, cases.size(), native);
    count += static_cast<double>(cases.size());
    state.SetIterationTime(std::chrono::duration<double>(took).count());
  }
  state.counters["cases"] = static_cast<double>(cases.size());
  count_ratio(state, judged, bare, count);
}

/// Ten messages.
Case case_with_guard() {
  const auto cases = read_cases(R"({
    "title": "A file is written, and read again", "requirements": ["IP-13"], "guard": "behind", "steps": [
      {"send": "OPEN", "name": "a.dat", "flags": ["CREATE", "READWRITE"]},
      {"send": "WRITE", "data": {"pattern": "ramp", "size": 100}},
      {"send": "WRITE", "data": {"pattern": "ramp", "size": 100}},
      {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 100}},
      {"send": "SEEK", "offset": 0, "origin": "SET"},
      {"send": "READ", "size": 100},
      {"send": "READ", "size": 100},
      {"send": "SEEK", "offset": 0, "origin": "END"},
      {"send": "READ", "size": 100},
      {"send": "CLOSE"}]})",
                                "isolated", "isolated", Contract::embedded());
  return cases->front();
}

/// This thread, with what it starts, and another process are kept on the processor where this one is.
class OnOneProcessor {
 public:
  explicit OnOneProcessor(pid_t other) : other_(other) {
    sched_getaffinity(0, sizeof before_, &before_);
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(sched_getcpu(), &one);
    keep_on(one);
  }
  ~OnOneProcessor() { keep_on(before_); }

 private:
  void keep_on(const cpu_set_t& processors) const {
    for (const pid_t one : {0, other_}) sched_setaffinity(one, sizeof processors, &processors);
  }

  pid_t other_;
  cpu_set_t before_;
};

void isolated_case(benchmark::State& state, Abi abi, BareCase& yardstick, bool on_one_processor) {
  std::optional<OnOneProcessor> pinned;
  if (on_one_processor) pinned.emplace(yardstick.pid());
  const ScratchFolder scratch;
  RunnerSettings settings = settings_of_reference(abi, scratch.path());
  CaseRunner runner(settings);
  const std::string native = settings_of_reference(Abi::linux_x64, scratch.path()).library;
  const std::string folder = scratch.path() / "bare";
  const Case instance = case_with_guard();
  constexpr std::size_t in_a_row = 20;
  Clock::duration run{}, bare{};
  double count = 0;
  for (auto _ : state) {
    const auto start = Clock::now();
    for (std::size_t i = 0; i < in_a_row; ++i)
      if (runner.run(instance).size() != instance.steps.size())
        return state.SkipWithError("the case was not performed");
    const auto took = Clock::now() - start;
    run += took;
    bare += measure_bare(yardstick, in_a_row, native, folder);
    count += in_a_row;
    state.SetIterationTime(std::chrono::duration<double>(took).count());
  }
  count_ratio(state, run, bare, count);
  state.counters["bare_bytes"] = static_cast<double>(yardstick.resident_bytes());
}

}  // namespace
}  // namespace mmio_cts

int main(int argc, char** argv) {
  using namespace mmio_cts;
  // Before there are workers, whose leftovers are ended.
  BareCase yardstick(MMIO_CTS_BARE_PROGRAM);
  const auto add = [](const std::string& name, auto measure) {
    benchmark::RegisterBenchmark(name.c_str(), measure)->UseManualTime()->Unit(benchmark::kMillisecond);
  };
  for (const Abi abi : all_abis) {
    if (!can_run(abi)) continue;
    const std::string suffix = fmt::format("/{}", abi_name(abi));
    for (const bool one : {true, false})
      add("isolated_case" + suffix + (one ? "/one_processor" : "/all_processors"),
          [=, &yardstick](benchmark::State& state) { isolated_case(state, abi, yardstick, one); });
    add("all_cases" + suffix, [=, &yardstick](benchmark::State& state) { all_cases(state, abi, yardstick); });
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  return benchmark::RunSpecifiedBenchmarks() == 0;
}
