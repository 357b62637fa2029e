#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "suite/run/case_runner.h"
#include "suite/script/step_reader.h"

namespace mmio_cts {

/// The ABI whose worker is tested: MMIO_CTS_TEST_ABI, by default this program's own.
inline Abi tested_abi() {
  const char* name = std::getenv("MMIO_CTS_TEST_ABI");
  return abi_from(name == nullptr ? "linux-x64" : name).value();
}

/// For an export of the library `test_procs`.
inline RunnerSettings settings_for(Abi abi, const std::string& procedure,
                                   const std::filesystem::path& scratch) {
  const std::filesystem::path output_root = MMIO_CTS_OUTPUT_ROOT;
  RunnerSettings settings;
  settings.abi = abi;
  settings.worker =
      output_root / "bin" / abi_name(abi) / (is_windows(abi) ? "mmio-cts-worker.exe" : "mmio-cts-worker");
  settings.library =
      output_root / "lib" / abi_name(abi) / (is_windows(abi) ? "test_procs.dll" : "test_procs.so");
  settings.scratch_root = scratch;
  settings.reach.name = procedure;
  settings.step_timeout = std::chrono::seconds(10);
  if (abi == Abi::windows_x64) settings.wine = "/usr/lib/wine/wine64";
  if (abi == Abi::windows_x86) settings.wine = "/usr/lib/wine/wine";
  return settings;
}

inline Case case_of(const std::string& steps) {
  Case instance;
  for (const nlohmann::json& document : nlohmann::json::parse(steps)) {
    instance.step_documents.push_back(document.dump());
    instance.steps.push_back(read_step(document));
  }
  return instance;
}

inline Bytes bytes(std::string_view text) { return {text.begin(), text.end()}; }

/// With a scratch root of its own.
class RunnerTest : public testing::Test {
 protected:
  explicit RunnerTest(Abi abi)
      : abi_(abi),
        scratch_(std::filesystem::temp_directory_path() /
                 ("mmio-cts-runner-test-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(scratch_);
  }
  ~RunnerTest() override { std::filesystem::remove_all(scratch_); }

  RunnerSettings settings(const std::string& procedure) const {
    return settings_for(abi_, procedure, scratch_);
  }

  Trace run(const std::string& procedure, const std::string& steps) {
    return CaseRunner(settings(procedure)).run(case_of(steps));
  }

  /// How a case ended that has nothing else in its trace.
  EndObservation end_of(const std::string& procedure,
                        const std::string& steps = R"([{"send": "OPEN", "name": null}])") {
    const Trace trace = run(procedure, steps);
    EXPECT_EQ(trace.size(), 1u);
    if (trace.empty() || !std::holds_alternative<EndObservation>(trace.back())) return {};
    return std::get<EndObservation>(trace.back());
  }

  Abi abi_;
  std::filesystem::path scratch_;
};

}  // namespace mmio_cts
