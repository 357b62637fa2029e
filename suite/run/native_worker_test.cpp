// What only the native worker does, or has done to it.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "suite/run/runner_for_test.h"

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;

class NativeWorkerTest : public RunnerTest {
 protected:
  NativeWorkerTest() : RunnerTest(Abi::linux_x64) {}

  RunnerSettings native_settings(const std::string& procedure) const {
    RunnerSettings result = settings(procedure);
    result.library = result.library.parent_path() / "test_native_procs.so";
    return result;
  }
};

/// The youngest child of a process; 0 if it has none.
pid_t child_of(pid_t parent) {
  std::ifstream children("/proc/" + std::to_string(parent) + "/task/" + std::to_string(parent) + "/children");
  pid_t child = 0;
  while (children >> child) {
  }
  return child;
}

constexpr const char* one_message = R"([{"send": "OPEN", "name": null}])";

TEST_F(NativeWorkerTest, EndsProcessesThatACandidateLeavesBehind) {
  CaseRunner runner(native_settings("ForkingProc"));
  const Trace trace = runner.run(case_of(one_message));
  const auto left_behind = static_cast<pid_t>(std::get<MessageObservation>(trace.at(0)).result);
  ASSERT_GT(left_behind, 0);
  EXPECT_EQ(kill(left_behind, 0), -1);
}

TEST_F(NativeWorkerTest, TellsThatItsOwnFilesWereClosedAndKeepsWhatItSaw) {
  const Trace trace = CaseRunner(native_settings("ClosingProc")).run(case_of(one_message));
  ASSERT_EQ(trace.size(), 2u);
  EXPECT_EQ(std::get<MessageObservation>(trace[0]).result, 0);
  EXPECT_EQ(std::get<EndObservation>(trace[1]).kind, EndObservation::Kind::exit);
}

TEST_F(NativeWorkerTest, WhateverEndsAProcessIsToldTheSameWhereItIsObserved) {
  Case instance = case_of(one_message);
  for (const char* procedure :
       {"CrashingProc", "RecursingProc", "AbortingProc", "ThrowingProc", "ExitingProc"}) {
    CaseRunner runner(settings(procedure));
    instance.observes_os_calls = false;
    const Trace expected = runner.run(instance);
    instance.observes_os_calls = true;
    ASSERT_TRUE(std::holds_alternative<EndObservation>(expected.back())) << procedure;
    EXPECT_EQ(std::get<EndObservation>(runner.run(instance).back()).what,
              std::get<EndObservation>(expected.back()).what)
        << procedure;
  }
}

TEST_F(NativeWorkerTest, NamesTheSignalOfAProcessThatWasKilled) {
  const Trace trace = CaseRunner(native_settings("KilledProc")).run(case_of(one_message));
  EXPECT_EQ(trace, (Trace{EndObservation{0, EndObservation::Kind::crash, "SIGKILL", ""}}));
}

TEST_F(NativeWorkerTest, MakesTheNextCaseAnotherProcessIfItsOwnIsGone) {
  CaseRunner runner(settings("TinyFileProc"));
  const Case instance = case_of(one_message);
  const Trace before = runner.run(instance);
  const pid_t worker = child_of(getpid());
  pid_t waiting = 0;
  while (waiting == 0) waiting = child_of(worker);
  kill(waiting, SIGKILL);
  while (kill(waiting, 0) == 0) std::this_thread::yield();
  EXPECT_EQ(runner.run(instance), before);
  EXPECT_EQ(child_of(getpid()), worker);
}

TEST_F(NativeWorkerTest, AWorkerThatDoesNotStartIsStartedOnceMore) {
  RunnerSettings flaky = settings("TinyFileProc");
  const auto script = [&](const std::string& name, const std::string& condition) {
    const fs::path file = scratch_ / name;
    std::ofstream(file) << "#!/bin/sh\nif " << condition << "; then echo turned away >&2; touch "
                        << file.string() << ".tried; exit 1; fi\nexec " << flaky.worker.string()
                        << " \"$@\"\n";
    fs::permissions(file, fs::perms::owner_all);
    return file;
  };
  RunnerSettings once = flaky, always = flaky;
  once.worker = script("once", "[ ! -e " + (scratch_ / "once.tried").string() + " ]");
  always.worker = script("always", "true");
  EXPECT_EQ(CaseRunner(once).run(case_of(one_message)), CaseRunner(flaky).run(case_of(one_message)));
  const Trace trace = CaseRunner(always).run(case_of(one_message));
  ASSERT_EQ(trace.size(), 1u);
  const auto& end = std::get<EndObservation>(trace[0]);
  EXPECT_EQ(end.kind, EndObservation::Kind::suite_error);
  EXPECT_EQ(end.what, "the worker " + always.worker.string() +
                          " did not start: exit code 1 turned away\nturned away\n");
}

TEST_F(NativeWorkerTest, SurvivesAWorkerThatWasKilledByTheCandidate) {
  CaseRunner runner(native_settings("ParentKillingProc"));
  for (int i = 0; i < 3; ++i) {
    const Trace trace = runner.run(case_of(one_message));
    EXPECT_TRUE(std::holds_alternative<EndObservation>(trace.back()));
  }
}

}  // namespace
}  // namespace mmio_cts
