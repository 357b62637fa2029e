// How a worker gets at a procedure, and what an adapter does for it.
#include <gtest/gtest.h>

#include "suite/contract/mmsystem.h"
#include "suite/run/runner_for_test.h"

namespace mmio_cts {
namespace {

constexpr const char* open_and_read = R"([{"send": "OPEN", "name": "a"}, {"send": "READ", "size": 50}])";

class ReachTest : public RunnerTest {
 protected:
  ReachTest() : RunnerTest(tested_abi()) {}

  RunnerSettings with_library(const std::string& stem, Reach reach) const {
    RunnerSettings result = settings("");
    result.library = result.library.parent_path() / (stem + result.library.extension().string());
    result.reach = std::move(reach);
    return result;
  }

  /// What READ answered after OPEN; or why there was none.
  std::string outcome(const std::string& stem, Reach reach) const {
    const Trace trace = CaseRunner(with_library(stem, std::move(reach))).run(case_of(open_and_read));
    if (trace.empty()) return "nothing";
    if (const auto* end = std::get_if<EndObservation>(&trace.back())) return end->what;
    if (std::holds_alternative<NotSentObservation>(trace.back())) return "OPEN was refused";
    return std::to_string(std::get<MessageObservation>(trace.back()).result);
  }
};

TEST_F(ReachTest, AnExportReturnsIt) {
  EXPECT_EQ(outcome("test_reach_proc", {Reach::Kind::returned_by, "GetProc", "", ""}), "OPEN was refused");
}

TEST_F(ReachTest, AFunctionIsCalledFirst) {
  EXPECT_EQ(outcome("test_reach_proc", {Reach::Kind::returned_by, "GetProc", "SetUp", ""}), "42");
}

TEST_F(ReachTest, WhatIsMissingIsNamed) {
  EXPECT_NE(outcome("test_reach_proc", {Reach::Kind::returned_by, "GetNothing", "", ""})
                .find("'GetNothing' returned NULL"),
            std::string::npos);
  EXPECT_NE(outcome("test_reach_proc", {Reach::Kind::returned_by, "GetProc", "SetDown", ""})
                .find("no export 'SetDown'"),
            std::string::npos);
  EXPECT_NE(
      outcome("test_reach_proc", {Reach::Kind::installed, "NONE", "", ""}).find("installed under 'NONE'"),
      std::string::npos);
}

// Again and again in one process: what an earlier case installed is not what a later one finds.
TEST_F(ReachTest, ItIsInstalledUnderAFourCc) {
  if (!is_windows(tested_abi())) {  // there is nobody to install it with
    EXPECT_NE(
        outcome("test_reach_proc", {Reach::Kind::installed, "TST ", "", ""}).find("installed under 'TST '"),
        std::string::npos);
    return;
  }
  CaseRunner runner(with_library("test_installing_proc", {Reach::Kind::installed, "TST ", "Install", ""}));
  for (int i = 0; i < 3; ++i) {
    const Trace trace = runner.run(case_of(open_and_read));
    ASSERT_EQ(trace.size(), 2u) << i;
    EXPECT_EQ(std::get<MessageObservation>(trace[1]).result, 43) << i;
  }
}

class AdapterTest : public ReachTest {
 protected:
  Trace run_steps(CaseRunner& runner, const std::string& steps) { return runner.run(case_of(steps)); }

  RunnerSettings memory() const {
    RunnerSettings result = with_library("memory_proc", {Reach::Kind::exported, "MemoryProc", "", ""});
    result.adapter = result.library;
    result.adapter_functions = {true, true, true, true, true};
    return result;
  }
};

TEST_F(AdapterTest, FillsAndShowsAStoreThatIsNoFile) {
  CaseRunner runner(memory());
  const Trace trace = run_steps(runner, R"([
    {"prepare": "file", "name": "a", "content": {"pattern": "text", "text": "hello"}},
    {"send": "OPEN", "name": "a", "flags": ["READWRITE"]},
    {"send": "READ", "size": 2},
    {"send": "WRITE", "data": {"pattern": "text", "text": "LP"}},
    {"inspect": "a"}, {"inspect": "b"}])");
  ASSERT_EQ(trace.size(), 6u);
  EXPECT_EQ(std::get<MessageObservation>(trace[1]).result, 0);
  EXPECT_EQ(std::get<MessageObservation>(trace[2]).data, bytes("he"));
  EXPECT_EQ(std::get<InspectObservation>(trace[4]).file, (FileState{"a", true, true, bytes("heLPo")}));
  EXPECT_EQ(std::get<InspectObservation>(trace[5]).file, (FileState{"b", false, true, {}}));
}

TEST_F(AdapterTest, CleansUpAfterEachCase) {
  CaseRunner runner(memory());
  run_steps(runner, R"([{"prepare": "file", "name": "a", "content": {"pattern": "text", "text": "x"}}])");
  const Trace trace =
      run_steps(runner, R"([{"inspect": "a"}, {"send": "OPEN", "name": "a", "flags": ["READ"]}])");
  ASSERT_EQ(trace.size(), 2u);
  EXPECT_FALSE(std::get<InspectObservation>(trace[0]).file.exists);
  EXPECT_EQ(std::get<MessageObservation>(trace[1]).result, MMIOERR_FILENOTFOUND);
}

TEST_F(AdapterTest, MakesOperationsFail) {
  CaseRunner runner(memory());
  const Trace trace = run_steps(runner, R"([
    {"prepare": "full_store", "name": "a"},
    {"send": "OPEN", "name": "a", "flags": ["WRITE"]},
    {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 2}},
    {"prepare": "unreadable_store", "name": "b"},
    {"send": "OPEN", "file": "b", "name": "b", "flags": ["READ"]},
    {"send": "READ", "file": "b", "size": 2}])");
  ASSERT_EQ(trace.size(), 6u);
  EXPECT_EQ(std::get<MessageObservation>(trace[2]).result, -1);
  EXPECT_EQ(std::get<MessageObservation>(trace[5]).result, -1);
}

TEST_F(AdapterTest, SaysWhatItCannotDo) {
  CaseRunner runner(memory());
  const Trace trace = run_steps(
      runner, R"([{"prepare": "directory_in_the_way", "name": "a"}, {"send": "OPEN", "name": "a"}])");
  ASSERT_EQ(trace.size(), 1u);
  EXPECT_EQ(std::get<PrepareObservation>(trace[0]).unavailable, "the adapter has no such state of its store");
}

TEST_F(AdapterTest, MayBeALibraryOfItsOwnAndSendOtherNames) {
  RunnerSettings plain = with_library("reference_proc", {Reach::Kind::exported, "PlainFileProc", "", ""});
  plain.adapter =
      plain.library.parent_path() / ("test_renaming_adapter" + plain.library.extension().string());
  plain.adapter_functions.prepare_open = plain.adapter_functions.put = true;
  CaseRunner runner(plain);
  for (int i = 0; i < 3; ++i) {
    const Trace trace = run_steps(runner, R"([
      {"prepare": "file", "name": "a", "content": {"pattern": "text", "text": "hello"}},
      {"send": "OPEN", "name": "a", "flags": ["READ"]},
      {"send": "READ", "size": 9},
      {"send": "CLOSE"},
      {"inspect": "stored-a"}])");
    ASSERT_EQ(trace.size(), 5u);
    EXPECT_EQ(std::get<MessageObservation>(trace[2]).data, bytes("hello"));
    EXPECT_EQ(std::get<InspectObservation>(trace[4]).file.content, bytes("hello"));
  }
}

TEST_F(AdapterTest, ThatIsMissingIsNamed) {
  RunnerSettings plain = memory();
  plain.adapter = plain.library.parent_path() / "no_such_adapter.dll";
  const Trace trace = CaseRunner(plain).run(case_of(open_and_read));
  ASSERT_EQ(trace.size(), 1u);
  const auto& end = std::get<EndObservation>(trace[0]);
  EXPECT_EQ(end.kind, EndObservation::Kind::load_failed);
  EXPECT_NE(end.what.find("no_such_adapter"), std::string::npos) << end.what;
}

}  // namespace
}  // namespace mmio_cts
