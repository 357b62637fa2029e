// How long all cases take against the buffered reference procedure, one after the other, on every ABI whose
// worker is built. Under Wine it needs the environment that tools/environment.sh sets.
//
//   per_case  a case, from its preparation to its verdict
//   bare      fork + dlopen of the native library + exit + wait, measured after each case
//   ratio     per_case / bare: what a case costs beyond what no case can do without
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>

#include "suite/run/bare_load_for_benchmark.h"
#include "suite/run/judge_candidate.h"
#include "suite/run/plan.h"
#include "suite/run/probe.h"
#include "suite/run/runner_for_test.h"
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

/// A folder for the scratch files of one run.
class ScratchFolder {
 public:
  ScratchFolder() : path_(fs::temp_directory_path() / fmt::format("mmio-cts-benchmark-{}", getpid())) {
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
    if (auto fitting = adapt(one, profile, abi, contract)) adapted.push_back(std::move(*fitting));
  return adapted;
}

void all_cases(benchmark::State& state, Abi abi, BareLoad& yardstick) {
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
    const Clock::duration before = judged;
    Confirmed confirmed;
    for (const Case& one : cases) {
      Case mine = one;
      const auto start = Clock::now();
      benchmark::DoNotOptimize(run_case(runner, std::move(mine), settings, confirmed));
      judged += Clock::now() - start;
      bare += yardstick.measure(native);
      ++count;
    }
    state.SetIterationTime(std::chrono::duration<double>(judged - before).count());
  }
  const auto seconds_each = [&](Clock::duration all) {
    return std::chrono::duration<double>(all).count() / count;
  };
  state.counters["cases"] = static_cast<double>(cases.size());
  state.counters["per_case"] = seconds_each(judged);
  state.counters["bare"] = seconds_each(bare);
  state.counters["ratio"] = seconds_each(judged) / seconds_each(bare);
}

}  // namespace
}  // namespace mmio_cts

int main(int argc, char** argv) {
  using namespace mmio_cts;
  BareLoad yardstick;
  for (const Abi abi : all_abis)
    if (can_run(abi))
      benchmark::RegisterBenchmark(
          fmt::format("all_cases/{}", abi_name(abi)).c_str(),
          [abi, &yardstick](benchmark::State& state) { all_cases(state, abi, yardstick); })
          ->UseManualTime()
          ->Unit(benchmark::kMillisecond);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  return benchmark::RunSpecifiedBenchmarks() == 0;
}
