// A sweep with the worker of each ABI, and without any.
#include "suite/run/sweep.h"

#include <memory>

#include "suite/contract/contract.h"
#include "suite/contract/message.h"
#include "suite/run/judge_candidate.h"
#include "suite/run/runner_for_test.h"
#include "suite/script/case_reader.h"

namespace mmio_cts {
namespace {

const Contract contract = Contract::embedded();

/// Each WRITE or WRITEFLUSH in turn meets a full disk.
Case swept_case(const std::string& steps) {
  const auto cases = read_cases(R"({"title": "t", "requirements": ["WF-11"], "steps": [)" + steps + "]}",
                                "test", "test", contract);
  if (!cases) throw std::invalid_argument(to_string(cases.error()));
  return cases->front();
}

const char* const writing = R"(
  {"fault": "write", "error": "disk_full", "nth": "each"},
  {"send": "OPEN", "name": "a", "flags": ["CREATE", "WRITE"]},
  {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 40}},
  {"send": "WRITE", "data": {"pattern": "ramp", "size": 20}},
  {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 20}},
  {"send": "CLOSE"})";

class SweepTest : public RunnerTest {
 protected:
  SweepTest() : RunnerTest(tested_abi()) {}

  RunnerSettings settings_of_library(const std::string& stem, const std::string& procedure) const {
    RunnerSettings result = settings(procedure);
    result.library = result.library.parent_path() / (stem + (is_windows(abi_) ? ".dll" : ".so"));
    return result;
  }

  /// `change` may do something to each run's case.
  CaseRun sweep(
      const RunnerSettings& settings, const std::string& steps,
      const std::function<void(Case&)>& change = [](Case&) {}) {
    CaseRunner runner(settings);
    Confirmed confirmed;
    const JudgeSettings by{contract};
    return run_sweep(swept_case(steps), [&](Case one) {
      change(one);
      ++runs_;
      return run_case(runner, std::move(one), by, confirmed);
    });
  }

  int runs_ = 0;
};

TEST_F(SweepTest, GoesOnUntilNoCallIsLeft) {
  const CaseRun run = sweep(settings_of_library("reference_proc", "PlainFileProc"), writing);
  EXPECT_EQ(run.judged.result.end, CaseEnd::complete) << run.judged.result.reason;
  EXPECT_TRUE(run.judged.result.violations.empty());
  EXPECT_EQ(runs_, 4);  // of three writes
  const FaultTallies& faults = run.judged.result.faults;
  EXPECT_EQ(faults.at({message::write, FaultKind::disk_full}).surfaced, 1);
  EXPECT_EQ(faults.at({message::write_flush, FaultKind::disk_full}).injected, 2);
  EXPECT_EQ(faults.at({message::write_flush, FaultKind::disk_full}).surfaced, 2);
}

TEST_F(SweepTest, EndsWhereSomethingIsWrong) {
  const CaseRun run = sweep(settings_of_library("test_forgetful_procs", "SignLosingProc"), writing);
  ASSERT_EQ(run.judged.result.violations.size(), 1u);
  EXPECT_EQ(run.judged.result.violations[0].requirement, "WF-05");
  EXPECT_EQ(run.judged.script->failing_call, 1);
}

TEST_F(SweepTest, IsSkippedWhereThereIsNothingToFail) {
  const CaseRun run = sweep(settings_of_library("reference_proc", "PlainFileProc"),
                            R"({"fault": "rename", "error": "io_error", "nth": "each"},
                               {"send": "OPEN", "name": "a", "flags": ["CREATE", "WRITE"]},
                               {"send": "CLOSE"})");
  EXPECT_EQ(run.judged.result.end, CaseEnd::skipped);
  EXPECT_EQ(run.judged.result.reason,
            "the procedure makes no call of the system that this would fail: rename");
  EXPECT_TRUE(run.judged.result.decided.empty());
}

// What would become of all sweeps if the system's calls were not made to fail, by a mistake of ours.
TEST_F(SweepTest, IsTheSuitesErrorWhereNothingComesOfTheFaults) {
  const auto switch_off = [](Case& one) { one.step_documents[0] = R"({"fault": "none"})"; };
  const CaseRun run = sweep(settings_of_library("reference_proc", "BufferedFileProc"), writing, switch_off);
  EXPECT_EQ(run.judged.result.end, CaseEnd::error);
  EXPECT_EQ(run.judged.result.reason, "a fault was to come of each write, and none did");
  EXPECT_EQ(run.judged.result.faults.at({message::write_flush, FaultKind::disk_full}).injected, 0);
}

TEST_F(SweepTest, KillsTheProcessAfterEachCallAndLooksAtWhatIsLeft) {
  const std::string steps = R"(
    {"fault": "write", "error": "killed", "nth": "each"},
    {"send": "OPEN", "name": "a", "flags": ["CREATE", "WRITE"]},
    {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 40}},
    {"send": "WRITEFLUSH", "data": {"pattern": "fill", "value": 9, "size": 20}},
    {"restart": true})";
  const CaseRun right = sweep(settings_of_library("reference_proc", "BufferedFileProc"), steps);
  EXPECT_EQ(right.judged.result.end, CaseEnd::complete) << right.judged.result.reason;
  EXPECT_TRUE(right.judged.result.violations.empty());
  EXPECT_EQ(runs_, 3);
  EXPECT_EQ(right.judged.result.faults.at({message::write_flush, FaultKind::killed}).injected, 2);
  EXPECT_EQ(right.judged.result.traits.at("writeflush_durability"), (std::set<std::string>{"survives_kill"}));

  const CaseRun wrong = sweep(settings_of_library("test_forgetful_procs", "UnflushedProc"), steps);
  ASSERT_EQ(wrong.judged.result.violations.size(), 1u);
  EXPECT_EQ(wrong.judged.result.violations[0].requirement, "WF-01");
}

}  // namespace
}  // namespace mmio_cts
