#include "suite/run/case_runner.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "suite/run/runner_for_test.h"
#include "suite/trace/trace_file.h"

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Kind = EndObservation::Kind;

class CaseRunnerTest : public RunnerTest {
 protected:
  CaseRunnerTest() : RunnerTest(tested_abi()) {}
};

constexpr const char* write_and_read = R"([
  {"prepare": "file", "name": "sub/old.dat", "content": {"pattern": "text", "text": "old"}},
  {"send": "OPEN", "file": "a", "name": "sub/old.dat", "flags": ["READ"]},
  {"send": "READ", "file": "a", "size": 10},
  {"send": "OPEN", "file": "b", "name": "new.dat", "flags": ["CREATE", "READWRITE"]},
  {"send": "WRITEFLUSH", "file": "b", "data": {"pattern": "text", "text": "hello"}},
  {"inspect": "new.dat"},
  {"send": "SEEK", "file": "b", "offset": -4, "origin": "CUR"},
  {"send": "READ", "file": "b", "size": 2, "until": "end"},
  {"send": "CLOSE", "file": "a"},
  {"send": "CLOSE", "file": "b"},
  {"inspect": "none.dat"}
])";

MessageObservation message(std::uint32_t step, std::int64_t result, std::int32_t before, std::int32_t after,
                           Bytes data = {}) {
  MessageObservation seen;
  seen.step = step;
  seen.result = result;
  seen.disk_offset_before = before;
  seen.disk_offset_after = after;
  seen.data = std::move(data);
  return seen;
}

Trace trace_of_write_and_read() {
  return {PrepareObservation{0, ""},
          message(1, 0, 0, 0),
          message(2, 3, 0, 3, bytes("old")),
          message(3, 0, 0, 0),
          message(4, 5, 0, 5),
          InspectObservation{5, {"new.dat", true, true, bytes("hello")}},
          message(6, 1, 5, 1),
          message(7, 2, 1, 3, bytes("el")),
          message(7, 2, 3, 5, bytes("lo")),
          message(7, 0, 5, 5),
          message(8, 0, 3, 3),
          message(9, 0, 5, 5),
          InspectObservation{10, {"none.dat", false, true, {}}}};
}

TEST_F(CaseRunnerTest, BringsHomeEveryStepInOrder) {
  EXPECT_EQ(run("TinyFileProc", write_and_read), trace_of_write_and_read());
}

TEST_F(CaseRunnerTest, ObservesWhatTheProcedureAsksOfTheSystem) {
  Case instance = case_of(write_and_read);
  instance.observes_os_calls = true;
  const Trace trace = CaseRunner(settings("TinyFileProc")).run(instance);
  const auto calls_of = [&](std::size_t at) { return std::get<MessageObservation>(trace.at(at)).os_calls; };
  const auto made = [&](std::size_t at, const OsCall& expected) {
    const std::vector<OsCall> calls = calls_of(at);
    return std::find(calls.begin(), calls.end(), expected) != calls.end();
  };
  const OsCall opened = {OsCallKind::open, 1, -1, 0, 0, 0, false, "old.dat"};
  const OsCall created = {OsCallKind::open, 2, -1, 0, 0, 0, false, "new.dat"};
  const OsCall written = {OsCallKind::write, 2, 0, 5, 5, 0, false, ""};
  const OsCall closed = {OsCallKind::close, 1, -1, 0, 0, 0, false, ""};
  EXPECT_TRUE(made(1, opened));
  EXPECT_TRUE(made(3, created));
  EXPECT_TRUE(made(4, written));
  EXPECT_TRUE(made(10, closed));
  if (is_windows(tested_abi())) return;  // what else its C library does is its own affair
  EXPECT_EQ(calls_of(1), std::vector<OsCall>{opened});
  EXPECT_EQ(calls_of(3), std::vector<OsCall>{created});
  EXPECT_EQ(calls_of(4), (std::vector<OsCall>{{OsCallKind::seek, 2, 0, 0, 0, 0, false, ""}, written}));
  EXPECT_EQ(calls_of(10), std::vector<OsCall>{closed});
}

TEST_F(CaseRunnerTest, NoticesThatAStoreWhichWasToFailIsAnotherOne) {
  const Trace trace = run("TinyFileProc", R"([
    {"prepare": "full_store", "name": "a"},
    {"prepare": "file", "name": "a", "content": {"pattern": "text", "text": "room"}}])");
  ASSERT_EQ(trace.size(), 3u);
  const auto& seen = std::get<PrepareObservation>(trace.back());
  EXPECT_EQ(seen.step, 0u);
  EXPECT_EQ(seen.unavailable, "the procedure replaces the file, so that it fails no more");
}

TEST_F(CaseRunnerTest, RunsManyCasesAndLeavesNothingBehind) {
  {
    CaseRunner runner(settings("TinyFileProc"));
    const Case instance = case_of(write_and_read);
    for (int i = 0; i < 500; ++i) ASSERT_EQ(runner.run(instance), trace_of_write_and_read()) << i;
    EXPECT_EQ(runner.used(), is_windows(tested_abi()));
    EXPECT_FALSE(runner.module_stays());
    runner.replace_worker();
    EXPECT_EQ(runner.run(instance), trace_of_write_and_read());
    EXPECT_FALSE(runner.used());
  }
  EXPECT_TRUE(fs::is_empty(scratch_));
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a process is left";
  // 0, 1, 2 and the one that lists them; a test program may have been given more.
  const auto open_files = std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator());
  CaseRunner(settings("TinyFileProc")).run(case_of(write_and_read));
  EXPECT_EQ(std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator()), open_files);
}

TEST_F(CaseRunnerTest, WhatAWorkerWroteLastIsNotTheNextOnes) {
  CaseRunner runner(settings("TinyFileProc"));
  const Case instance = case_of(write_and_read);
  runner.run(instance);
  runner.replace_worker();
  // As a thread does that a candidate has left behind, and that crashes when its case is over.
  const fs::path file = fs::directory_iterator(scratch_)->path() / "trace";
  std::vector<std::byte> memory(4096);
  TraceWriter writer(memory);
  writer.reset();
  writer.append(EndObservation{0, Kind::crash, "SIGSEGV", ""});
  std::fstream(file, std::ios::binary | std::ios::in | std::ios::out)
      .write(reinterpret_cast<const char*>(memory.data()), static_cast<std::streamsize>(memory.size()));
  EXPECT_EQ(runner.run(instance), trace_of_write_and_read());
}

TEST_F(CaseRunnerTest, ACrashIsToldWithItsStepAndPlace) {
  const Trace trace =
      run("CrashingProc", R"([{"inspect": "a"}, {"send": "OPEN", "name": "a"}, {"send": "CLOSE"}])");
  ASSERT_EQ(trace.size(), 2u);
  const bool windows = is_windows(tested_abi());
  const auto& end = std::get<EndObservation>(trace[1]);
  EXPECT_EQ(end.step, 1u);
  EXPECT_EQ(end.kind, Kind::crash);
  EXPECT_EQ(end.what, windows ? "access violation" : "SIGSEGV");
  EXPECT_EQ(end.where.substr(0, end.where.find("+0x")),
            windows ? "writing 0x10 in test_procs.dll" : "at address 0x10 in test_procs.so");
}

TEST_F(CaseRunnerTest, AStackOverflowIsACrash) { EXPECT_EQ(end_of("RecursingProc").what, "stack overflow"); }

TEST_F(CaseRunnerTest, AnAbortIsACrash) {
  const auto end = end_of("AbortingProc");
  EXPECT_EQ(end.kind, Kind::crash);
  EXPECT_EQ(end.what, "SIGABRT");
}

TEST_F(CaseRunnerTest, AnExceptionThatLeavesTheProcedureIsACrash) {
  const auto end = end_of("ThrowingProc");
  EXPECT_EQ(end.kind, Kind::crash);
  // On windows-x86 a static run time cannot see the frames of another, and ends the process itself.
  EXPECT_EQ(end.what, tested_abi() == Abi::windows_x86 ? "SIGABRT" : "C++ exception");
}

TEST_F(CaseRunnerTest, AProcedureThatEndsTheProcessIsSeenToHaveDoneSo) {
  EXPECT_EQ(end_of("ExitingProc"), (EndObservation{0, Kind::exit, "exit code 3", "by exit"}));
}

TEST_F(CaseRunnerTest, ASilentProcedureIsEnded) {
  RunnerSettings impatient = settings("HangingProc");
  impatient.step_timeout = std::chrono::milliseconds(300);
  const Trace trace = CaseRunner(impatient).run(case_of(R"([{"send": "OPEN", "name": null}])"));
  EXPECT_EQ(trace, (Trace{EndObservation{0, Kind::hang, "no answer within 300 ms", ""}}));
}

TEST_F(CaseRunnerTest, ACaseThatSeemsToGetOnForEverIsEnded) {
  RunnerSettings impatient = settings("EndlessProc");
  impatient.step_timeout = std::chrono::milliseconds(50);
  impatient.case_timeout = std::chrono::milliseconds(20);
  const Trace trace = CaseRunner(impatient).run(case_of(R"([{"send": "READ", "size": 50, "until": "end"}])"));
  const auto& end = std::get<EndObservation>(trace.back());
  EXPECT_EQ(end.kind, Kind::hang);
  EXPECT_EQ(end.what, "the case was not over within 20 ms");
}

TEST_F(CaseRunnerTest, IfAskedGivesEachCaseAProcessOfItsOwn) {
  RunnerSettings careful = settings("TinyFileProc");
  careful.isolation = Isolation::each_case;
  CaseRunner runner(careful);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(runner.run(case_of(write_and_read)), trace_of_write_and_read());
    EXPECT_FALSE(runner.used());
  }
}

TEST_F(CaseRunnerTest, ALongCaseThatGetsOnIsNoHang) {
  RunnerSettings impatient = settings("EndlessProc");
  impatient.step_timeout = std::chrono::milliseconds(200);
  const Trace trace = CaseRunner(impatient).run(case_of(
      R"([{"send": "READ", "size": 50, "until": "end"}, {"send": "READ", "size": 50, "until": "end"}])"));
  EXPECT_EQ(trace.size(), 200'000u);
}

TEST_F(CaseRunnerTest, ATraceThatGetsFullEndsTheCaseWithAnError) {
  std::string steps;
  for (int i = 0; i < 20; ++i)
    steps += std::string(i == 0 ? "" : ",") + R"({"send": "READ", "size": 4000000})";
  const Trace trace = run("EndlessProc", "[" + steps + "]");
  EXPECT_EQ(trace.back(), Observation(EndObservation{16, Kind::suite_error, "the trace is full", ""}));
}

TEST_F(CaseRunnerTest, WhatCannotBeLoadedIsNamed) {
  RunnerSettings missing = settings("NoSuchProc");
  auto end =
      std::get<EndObservation>(CaseRunner(missing).run(case_of(R"([{"send": "OPEN", "name": null}])")).at(0));
  EXPECT_EQ(end.kind, Kind::load_failed);
  EXPECT_NE(end.what.find("no export 'NoSuchProc'"), std::string::npos) << end.what;

  const bool windows = is_windows(tested_abi());
  missing.library =
      missing.library.parent_path() / (windows ? "test_incomplete_proc.dll" : "test_incomplete_proc.so");
  end =
      std::get<EndObservation>(CaseRunner(missing).run(case_of(R"([{"send": "OPEN", "name": null}])")).at(0));
  EXPECT_EQ(end.kind, Kind::load_failed);
  EXPECT_NE(end.what.find("test_incomplete_proc"), std::string::npos) << end.what;
  EXPECT_NE(end.what.find("test_needed_library"), std::string::npos) << end.what;
}

TEST_F(CaseRunnerTest, GoesOnAfterAnyEnd) {
  RunnerSettings missing = settings("TinyFileProc");
  missing.worker /= "no-such-program";
  const auto end = std::get<EndObservation>(CaseRunner(missing).run(case_of(write_and_read)).at(1));
  EXPECT_EQ(end.kind, Kind::suite_error);

  CaseRunner runner(settings("CrashingProc"));
  for (int i = 0; i < 3; ++i) {
    const Trace trace = runner.run(case_of(R"([{"send": "OPEN", "name": null}])"));
    EXPECT_EQ(std::get<EndObservation>(trace.at(0)).kind, Kind::crash);
    EXPECT_FALSE(runner.used());
  }
}

TEST_F(CaseRunnerTest, ALibraryThatStaysGetsAWorkerForEachCase) {
  RunnerSettings staying = settings("StayingProc");
  staying.library =
      staying.library.parent_path() / ("test_staying_proc" + staying.library.extension().string());
  CaseRunner runner(staying);
  for (int i = 0; i < 2; ++i) {
    const Trace trace = runner.run(case_of(R"([{"send": "OPEN", "name": null}])"));
    EXPECT_EQ(trace, (Trace{message(0, 0, 0, 0)}));
    EXPECT_FALSE(runner.used());
    EXPECT_EQ(runner.module_stays(), is_windows(tested_abi()));
  }
}

TEST_F(CaseRunnerTest, AnotherCallingConventionIsNamedWhereThereIsOne) {
  const Trace trace = run("CdeclProc", R"([{"send": "OPEN", "name": null}])");
  ASSERT_EQ(trace.size(), 1u);
  if (tested_abi() == Abi::windows_x86)
    EXPECT_EQ(
        trace[0],
        Observation(EndObservation{
            0, Kind::wrong_stack,
            "the stack is off by 16 bytes after the call: the procedure is not CALLBACK (stdcall)", ""}));
  else
    EXPECT_EQ(trace[0], Observation(message(0, 0, 0, 0)));
}

TEST_F(CaseRunnerTest, KeepsWhatTheCandidatePrintsForOneCase) {
  CaseRunner runner(settings("PrintingProc"));
  for (int i = 0; i < 2; ++i) {
    runner.run(case_of(R"([{"send": "OPEN", "name": null}, {"send": "CLOSE"}])"));
    std::string output = runner.captured_output();
    std::erase(output, '\r');
    EXPECT_EQ(output, "printed\nprinted\n");
  }
}

TEST_F(CaseRunnerTest, RestartLosesWhatWasOnlyInMemory) {
  const Trace trace = run("TinyFileProc", R"([
    {"send": "OPEN", "name": "b.dat", "flags": ["CREATE", "WRITE"]},
    {"send": "WRITEFLUSH", "data": {"pattern": "text", "text": "kept"}},
    {"send": "WRITE", "data": {"pattern": "text", "text": "lost"}},
    {"prepare": "file", "name": "a/c.dat"},
    {"prepare": "full_store", "name": "a/full"},
    {"restart": true},
    {"send": "OPEN", "name": "b.dat", "flags": ["READ"]},
    {"send": "READ", "size": 100},
    {"restart": true}
  ])");
  const std::vector<FileState> files = {
      {"a/c.dat", true, true, {}}, {"a/full", true, false, {}}, {"b.dat", true, true, bytes("kept")}};
  ASSERT_EQ(trace.size(), 9u);
  EXPECT_EQ(trace[2], Observation(message(2, 4, 4, 8)));
  EXPECT_EQ(trace[5], Observation(RestartObservation{5, files}));
  EXPECT_EQ(trace[7], Observation(message(7, 4, 0, 4, bytes("kept"))));
  EXPECT_EQ(trace[8], Observation(RestartObservation{8, files}));
}

TEST_F(CaseRunnerTest, StoresFailAsPrepared) {
  const Trace full = run("TinyFileProc", R"([
    {"prepare": "full_store", "name": "full"},
    {"send": "OPEN", "name": "full", "flags": ["WRITE"]},
    {"send": "WRITEFLUSH", "data": {"pattern": "text", "text": "x"}}
  ])");
  EXPECT_EQ(std::get<MessageObservation>(full.at(2)).result, -1);

  const Trace unreadable = run("TinyFileProc", R"([
    {"prepare": "unreadable_store", "name": "bad"},
    {"send": "OPEN", "name": "bad", "flags": ["READ"]},
    {"send": "READ", "size": 10},
    {"inspect": "bad"}
  ])");
  EXPECT_EQ(unreadable.at(1), Observation(message(1, 0, 0, 0)));
  EXPECT_EQ(unreadable.at(2), Observation(message(2, -1, 0, 0)));
  EXPECT_EQ(unreadable.at(3), Observation(InspectObservation{3, {"bad", true, false, {}}}));

  const Trace directory = run("TinyFileProc", R"([
    {"prepare": "directory_in_the_way", "name": "d"},
    {"send": "OPEN", "name": "d", "flags": ["WRITE"]}
  ])");
  EXPECT_EQ(std::get<MessageObservation>(directory.at(1)).result, 259);
}

TEST_F(CaseRunnerTest, AReadOnlyFileIsOneOrIsSaidNotToBeHad) {
  const Trace trace = run("TinyFileProc", R"([
    {"prepare": "read_only", "name": "r", "content": {"pattern": "text", "text": "x"}},
    {"send": "OPEN", "name": "r", "flags": ["WRITE"]}
  ])");
  if (trace.size() == 1)
    EXPECT_NE(std::get<PrepareObservation>(trace[0]).unavailable, "");
  else
    EXPECT_EQ(std::get<MessageObservation>(trace.at(1)).result, 259);
  EXPECT_EQ(trace.size() == 1, is_windows(tested_abi()) && geteuid() == 0);
}

TEST_F(CaseRunnerTest, ASizeLimitHoldsUntilTheCaseEndsAndAcrossARestart) {
  CaseRunner runner(settings("TinyFileProc"));
  const Case limited = case_of(R"([
    {"prepare": "size_limit", "size": 1000},
    {"send": "OPEN", "name": "f", "flags": ["CREATE", "WRITE"]},
    {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 1200}},
    {"restart": true},
    {"send": "OPEN", "name": "f", "flags": ["CREATE", "WRITE"]},
    {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 1200}},
    {"inspect": "f"}
  ])");
  const Trace trace = runner.run(limited);
  ASSERT_EQ(trace.size(), 7u);
  EXPECT_EQ(std::get<PrepareObservation>(trace[0]).unavailable, "");
  EXPECT_EQ(std::get<MessageObservation>(trace[2]).result, -1);
  EXPECT_EQ(std::get<MessageObservation>(trace[5]).result, -1);
  EXPECT_LE(std::get<InspectObservation>(trace[6]).file.content.size(), 1000u);

  const Trace free = runner.run(case_of(R"([
    {"send": "OPEN", "name": "f", "flags": ["CREATE", "WRITE"]},
    {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 1200}}
  ])"));
  EXPECT_EQ(std::get<MessageObservation>(free.at(1)).result, 1200);
}

TEST_F(CaseRunnerTest, NamesOutsideTheScratchDirectoryAreRefused) {
  for (const char* name : {"../x", "/tmp/x", "a/../../x"}) {
    const auto end = end_of("TinyFileProc", json::array({{{"inspect", name}}}).dump());
    EXPECT_EQ(end.kind, Kind::suite_error) << name;
  }
}

}  // namespace
}  // namespace mmio_cts
