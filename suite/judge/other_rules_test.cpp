#include <gtest/gtest.h>

#include "suite/judge/session_for_test.h"

namespace mmio_cts {
namespace {

const std::string a_file =
    R"({"prepare": "file", "name": "a.dat", "content": {"pattern": "ramp", "size": 20}},)";

TEST(Open, AnswersZeroForAFileThatIsThere) {
  const std::string steps = a_file + R"({"send": "OPEN", "name": "a.dat"})";
  EXPECT_EQ(Session(steps).answers(0, 0).verdict(), "");
  EXPECT_EQ(Session(steps).answers(257, 0).verdict(), "OP-05 unexpected_error");
  EXPECT_EQ(Session(steps).answers(0, -3).verdict(), "OP-10 disk_offset_wrong");
  EXPECT_EQ(Session(steps).answers(0, 20).verdict(), "");  // where to start is the procedure's choice
}

TEST(Open, RefusesAMissingFileWithACode) {
  const std::string steps = R"({"send": "OPEN", "name": "a.dat"}, {"inspect": "a.dat"})";
  EXPECT_EQ(Session(steps).answers(257, 0).sees(std::nullopt).verdict(), "");
  EXPECT_EQ(Session(steps).answers(259, 0).sees(std::nullopt).verdict(), "");
  EXPECT_EQ(Session(steps).answers(-1, 0).sees(std::nullopt).verdict(), "OP-06b undocumented_code");
  EXPECT_EQ(Session(steps).answers(0, 0).sees(Bytes{}).verdict(), "OP-24 unexpected_success");
  EXPECT_EQ(Session(steps).answers(257, 0).sees(Bytes{}).verdict(), "OP-24 name_state_wrong");
}

TEST(Open, AboveAnOpenFileMayBeRefused) {
  const std::string steps =
      a_file + R"({"send": "OPEN", "name": "a.dat"}, {"send": "OPEN", "name": "a.dat"})";
  EXPECT_EQ(Session(steps).answers(0, 0).answers(269, 0).verdict(), "");
  EXPECT_EQ(Session(steps).answers(0, 0).answers(271, 0).verdict(), "");
}

TEST(Open, OfAMissingFileSpeaksOfNothingElse) {
  const std::string steps = R"({"send": "OPEN", "name": "a.dat"})";
  EXPECT_EQ(Session(steps).answers(270, 0).verdict(), "OP-27 wrong_error_code");
}

TEST(Open, CreateEmptiesTheFile) {
  const std::string steps = a_file + R"({"send": "OPEN", "name": "a.dat", "flags": ["CREATE", "READWRITE"]},
    {"inspect": "a.dat"}, {"send": "CLOSE"}, {"inspect": "a.dat"})";
  EXPECT_EQ(Session(steps).answers(0, 0).sees(ramp(20)).answers(0, 0).sees(Bytes{}).verdict(), "");
  EXPECT_EQ(Session(steps).answers(0, 0).sees(Bytes{}).answers(0, 0).sees(Bytes{}).verdict(), "");
}

TEST(Open, ADeleteThatIsConfirmedMustHold) {
  const std::string steps =
      a_file + R"({"send": "OPEN", "name": "a.dat", "flags": ["DELETE"]}, {"inspect": "a.dat"})";
  EXPECT_EQ(Session(steps).answers(0, 0).sees(std::nullopt).verdict(), "");
  EXPECT_EQ(Session(steps).answers(0, 0).sees(ramp(20)).verdict(), "FL-06 name_state_wrong");
}

TEST(Open, WhatFollowsAFailureShowsNothing) {
  Session s(a_file + R"({"send": "OPEN", "name": "a.dat"}, {"send": "READ", "size": 4})");
  s.answers(259, 0).answers(-1, 0);
  EXPECT_EQ(s.verdict(), "OP-05 unexpected_error");
  EXPECT_FALSE(s.result().decided.contains("IP-06"));
}

TEST(Rename, DoesWhatItSays) {
  const std::string steps =
      a_file + R"({"send": "RENAME", "name": "a.dat", "to": "b.dat"}, {"inspect": "a.dat"},
    {"inspect": "b.dat"})";
  EXPECT_EQ(Session(steps).answers(0, 0).sees(std::nullopt).sees(ramp(20)).verdict(), "");
  EXPECT_EQ(Session(steps).answers(0, 0).sees(ramp(20)).sees(std::nullopt).verdict(),
            "RN-02 name_state_wrong, RN-02 name_state_wrong");
  EXPECT_EQ(Session(steps).answers(259, 0).sees(ramp(20)).sees(std::nullopt).verdict(),
            "RN-02 unexpected_error");
}

TEST(Rename, OfAMissingFileSaysSo) {
  const std::string steps = R"({"send": "RENAME", "name": "a.dat", "to": "b.dat"})";
  for (const std::int64_t code : {257, 267}) EXPECT_EQ(Session(steps).answers(code, 0).verdict(), "");
  EXPECT_EQ(Session(steps).answers(0, 0).verdict(), "RN-03 unexpected_success");
  EXPECT_EQ(Session(steps).answers(259, 0).verdict(), "RN-03 wrong_error_code");
  EXPECT_EQ(Session(steps).answers(-1, 0).verdict(), "RN-08b undocumented_code");
}

TEST(UnknownMessage, AnswersZeroAndMovesNothing) {
  const std::string steps = a_file + R"({"send": "OPEN", "name": "a.dat"}, {"send": "USER+7", "param1": 5})";
  EXPECT_EQ(Session(steps).answers(0, 0).answers(0, 0).verdict(), "");
  EXPECT_EQ(Session(steps).answers(0, 0).answers(-1, 0).verdict(), "US-05 unknown_message_answered");
  EXPECT_EQ(Session(steps).answers(0, 0).answers(0, 4).verdict(), "US-05 disk_offset_changed");
}

TEST(Expectation, BlamesTheStepsRequirement) {
  const std::string steps = a_file + R"({"send": "OPEN", "name": "a.dat"},
    {"send": "SEEK", "offset": 50, "origin": "SET", "requirement": "SK-15", "expect": {"returns": "error"}})";
  EXPECT_EQ(Session(steps).answers(0, 0).answers(50, 50).verdict(), "SK-15 unexpected_result");
  EXPECT_EQ(Session(steps).answers(0, 0).answers(-1, 0).verdict(), "");
}

TEST(End, ACrashAHangAndAnExitAreTheProceduresFault) {
  const std::string steps = R"({"send": "OPEN", "name": "a.dat"})";
  Session crash(steps);
  EXPECT_EQ(crash.ends(EndObservation::Kind::crash, "SIGSEGV").verdict(), "ABI-17 crash");
  EXPECT_EQ(crash.result().end, CaseEnd::crash);
  Session hang(steps);
  EXPECT_EQ(hang.ends(EndObservation::Kind::hang, "no answer").verdict(), "ABI-17 hang");
  Session own(steps);
  EXPECT_EQ(own.ends(EndObservation::Kind::suite_error, "no disk space").verdict(), "");
  EXPECT_EQ(own.result().end, CaseEnd::error);
}

TEST(End, WhatHappensAtUnloadIsNoMessagesFaultAndTakesNothingFromTheCase) {
  for (const auto kind :
       {EndObservation::Kind::crash, EndObservation::Kind::exit, EndObservation::Kind::hang}) {
    Session s(R"({"send": "OPEN", "name": "a.dat", "flags": ["CREATE"]})");
    s.answers(0, 0).ends(kind, "so it was while the library was unloaded");
    EXPECT_EQ(s.verdict(), "ABI-17 unload_failed");
    EXPECT_EQ(s.result().end, kind == EndObservation::Kind::hang ? CaseEnd::hang : CaseEnd::crash);
    EXPECT_FALSE(s.result().decided.empty());
  }
}

TEST(End, AStackThatIsOffIsTheWrongCallingConvention) {
  Session s(R"({"send": "OPEN", "name": "a.dat"})");
  EXPECT_EQ(s.ends(EndObservation::Kind::wrong_stack, "16 bytes off").verdict(), "ABI-02 wrong_convention");
}

TEST(Open, AReservedParameterShouldBeIgnored) {
  Session s(a_file + R"({"send": "OPEN", "name": "a.dat", "param2": 77})");
  EXPECT_EQ(s.answers(11, 0).verdict(), "OP-04 unexpected_error");
}

TEST(UnknownMessage, ThatMovesTheFileIsNotHeldAgainstWhatFollows) {
  Session s(a_file + R"({"send": "OPEN", "name": "a.dat"}, {"send": "READ", "size": 8}, {"send": "USER+7"},
    {"send": "READ", "size": 8})");
  s.answers(0, 0).answers(8, 8, ramp(8)).answers(0, 0).answers(8, 8, ramp(8));
  EXPECT_EQ(s.verdict(), "US-05 disk_offset_changed");
}

TEST(End, ATraceThatStopsTooEarlyIsTheSuitesFault) {
  Session s(R"({"send": "OPEN", "name": "a.dat"}, {"send": "CLOSE"})");
  EXPECT_EQ(s.answers(257, 0).result().end, CaseEnd::error);
}

}  // namespace
}  // namespace mmio_cts
