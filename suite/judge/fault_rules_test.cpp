#include <gtest/gtest.h>

#include "suite/judge/session_for_test.h"

namespace mmio_cts {
namespace {

constexpr const char* an_open_file =
    R"({"prepare": "file", "name": "a", "content": {"pattern": "ramp", "size": 9}},
  {"send": "OPEN", "name": "a", "flags": ["READWRITE"]},)";

/// What it asked of the system failed because the case said so.
MessageObservation with_fault(std::int64_t result, std::int32_t disk_offset,
                              OsCallKind on = OsCallKind::write) {
  MessageObservation seen;
  seen.result = result;
  seen.disk_offset_after = disk_offset;
  seen.os_calls = {{.kind = on, .file = 1, .asked = 4, .status = 28, .injected = true, .name = {}}};
  return seen;
}

/// The file opened, and then `steps`.
Session session(const std::string& steps) { return Session(an_open_file + steps); }

constexpr const char* flush_and_look = R"({"fault": "write", "error": "disk_full"},
  {"send": "WRITEFLUSH", "data": {"pattern": "fill", "value": 99, "size": 4}}, {"inspect": "a"})";

TEST(Fault, OnlyWhoMetOneMayAnswerAnError) {
  EXPECT_EQ(session(flush_and_look).answers(0, 0).answers(with_fault(-1, 0)).sees(ramp(9)).verdict(), "");
  EXPECT_EQ(session(flush_and_look).answers(0, 0).answers(-1, 0).verdict(), "WF-04 unexpected_error");
}

TEST(Fault, AnErrorToldAs1IsTheLostSign) {
  EXPECT_EQ(session(flush_and_look).answers(0, 0).answers(with_fault(1, 0)).verdict(), "WF-05 sign_loss");
}

TEST(Fault, ASuccessIsOneIfTheBytesAreThereAndALossThatWasNotToldIfNot) {
  Bytes written = ramp(9);
  std::fill_n(written.begin(), 4, std::uint8_t{99});
  EXPECT_EQ(session(flush_and_look).answers(0, 0).answers(with_fault(4, 4)).sees(written).verdict(), "");
  EXPECT_EQ(session(flush_and_look).answers(0, 0).answers(with_fault(4, 4)).sees(ramp(9)).verdict(),
            "WF-11 data_not_in_store");
}

TEST(Fault, AReadThatFailedIsNoEndOfTheFile) {
  const std::string steps = R"({"fault": "read", "error": "io_error"}, {"send": "READ", "size": 4})";
  EXPECT_EQ(session(steps).answers(0, 0).answers(with_fault(-1, 0, OsCallKind::read)).verdict(), "");
  EXPECT_EQ(session(steps).answers(0, 0).answers(with_fault(0, 0, OsCallKind::read)).verdict(),
            "RD-06 nothing_read");
}

TEST(Fault, WhatASeekCouldNotBringOutMayBeLostOnceThatWasTold) {
  const std::string steps = R"({"send": "WRITE", "data": {"pattern": "fill", "value": 99, "size": 4}},
    {"fault": "write", "error": "disk_full"}, {"send": "SEEK", "offset": 0, "origin": "SET"},
    {"send": "CLOSE"}, {"inspect": "a"})";
  EXPECT_EQ(session(steps)
                .answers(0, 0)
                .answers(4, 4)
                .answers(with_fault(-1, 4))
                .answers(0, 4)
                .sees(ramp(9))
                .verdict(),
            "");
}

TEST(Fault, CloseTellsWhatItCouldNotBringOut) {
  const std::string steps = R"({"send": "WRITE", "data": {"pattern": "fill", "value": 99, "size": 4}},
    {"fault": "write", "error": "disk_full"}, {"send": "CLOSE"}, {"inspect": "a"})";
  const auto close_answers = [&](std::int64_t result) {
    return session(steps).answers(0, 0).answers(4, 4).answers(with_fault(result, 4)).sees(ramp(9)).verdict();
  };
  EXPECT_EQ(close_answers(263), "");
  EXPECT_EQ(close_answers(0), "CL-11 data_not_in_store");
}

TEST(Fault, AnOpenThatMetOneMayFailWithACode) {
  const std::string steps = R"({"prepare": "file", "name": "a"}, {"fault": "open", "error": "access_denied"},
    {"send": "OPEN", "name": "a"})";
  EXPECT_EQ(Session(steps).answers(with_fault(268, 0, OsCallKind::open)).verdict(), "");
  EXPECT_EQ(Session(steps).answers(with_fault(-1, 0, OsCallKind::open)).verdict(),
            "OP-06b undocumented_code");
  EXPECT_EQ(Session(steps).answers(268, 0).verdict(), "OP-05 unexpected_error");
}

}  // namespace
}  // namespace mmio_cts
