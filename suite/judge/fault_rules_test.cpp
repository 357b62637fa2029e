#include <gtest/gtest.h>

#include "suite/contract/message.h"
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

TEST(Fault, WhatOnlyCameLateExcusesNoError) {
  const std::string steps = R"({"fault": "write", "delay": 3},
    {"send": "WRITEFLUSH", "data": {"pattern": "fill", "value": 99, "size": 4}})";
  EXPECT_EQ(session(steps).answers(0, 0).answers(with_fault(-1, 0)).verdict(), "WF-04 unexpected_error");
}

TEST(Fault, WhoHasNotToldOfItAtOnceMayDoSoLater) {
  const std::string steps = R"({"fault": "write", "error": "io_error"},
    {"send": "WRITE", "data": {"pattern": "fill", "value": 99, "size": 4}},
    {"fault": "none"},
    {"send": "WRITEFLUSH", "data": {"pattern": "fill", "value": 98, "size": 4}},
    {"send": "CLOSE"})";
  Session late = session(steps);
  late.answers(0, 0).answers(with_fault(4, 4)).answers(-1, 4).answers(0, 4);
  EXPECT_EQ(late.verdict(), "");
  EXPECT_EQ(late.result().traits.at("sticky_errors"), (std::set<std::string>{"yes"}));
}

TEST(Fault, WhatAThreadFailedToBringOutALaterReadMayTell) {
  const std::string steps = R"({"fault": "write", "error": "io_error"},
    {"send": "WRITE", "data": {"pattern": "fill", "value": 99, "size": 4}},
    {"send": "READ", "size": 2}, {"send": "SEEK", "offset": 0, "origin": "SET"},
    {"send": "READ", "size": 4}, {"send": "CLOSE"})";
  const auto reads = [&](std::int64_t told) {
    return session(steps)
        .answers(0, 0)
        .answers(with_fault(4, 4))
        .answers(told, told < 0 ? 4 : 6, told < 0 ? Bytes{} : Bytes{5, 6})
        .answers(0, 0)
        .answers(4, 4, ramp(4))
        .answers(0, 4)
        .verdict();
  };
  EXPECT_EQ(reads(-1), "");
  EXPECT_EQ(reads(2), "WR-10 wrong_data");
}

TEST(Fault, IsCountedByMessageAndKind) {
  const std::string steps = R"({"fault": "write", "error": "io_error", "lasting": true},
    {"send": "WRITE", "data": {"pattern": "fill", "value": 99, "size": 4}},
    {"send": "WRITE", "data": {"pattern": "fill", "value": 99, "size": 4}},
    {"send": "WRITEFLUSH", "data": {"pattern": "fill", "value": 98, "size": 4}},
    {"send": "CLOSE"})";
  MessageObservation unmet = with_fault(-1, 4);
  unmet.os_calls.front().injected = false;
  unmet.os_calls.front().status = 0;
  const FaultTallies faults = session(steps)
                                  .answers(0, 0)
                                  .answers(with_fault(4, 4))
                                  .answers(with_fault(-1, 4))
                                  .answers(unmet)
                                  .answers(0, 4)
                                  .result()
                                  .faults;
  ASSERT_EQ(faults.size(), 2u);
  const FaultTally& write = faults.at({message::write, FaultKind::io_error});
  EXPECT_EQ(write.injected, 2);
  EXPECT_EQ(write.surfaced, 1);
  EXPECT_EQ(write.absorbed, 1);
  EXPECT_EQ(faults.at({message::write_flush, FaultKind::io_error}).injected, 0);
}

TEST(Fault, OfACreateThatFailedNobodyKnowsWhetherTheFileIsThere) {
  const std::string steps = R"({"fault": "open", "error": "io_error"},
    {"send": "OPEN", "name": "a", "flags": ["CREATE", "WRITE"]}, {"fault": "none"},
    {"send": "OPEN", "name": "a", "flags": ["READ"]})";
  EXPECT_EQ(Session(steps).answers(with_fault(268, 0, OsCallKind::open)).answers(0, 0).verdict(), "");
}

TEST(Fault, OfWhatWasUnderWayWhenTheProcessWasKilledNothingIsPromised) {
  const std::string steps = R"({"fault": "write", "error": "killed"},
    {"send": "WRITEFLUSH", "data": {"pattern": "fill", "value": 99, "size": 4}},
    {"send": "CLOSE"}, {"restart": true})";
  Bytes written = ramp(9);
  std::fill_n(written.begin(), 2, std::uint8_t{99});
  for (const Bytes& left : {ramp(9), written})
    EXPECT_EQ(session(steps)
                  .answers(0, 0)
                  .ends(EndObservation::Kind::killed, "")
                  .skips(1)
                  .restarts({{"a", true, true, left}})
                  .verdict(),
              "");
  EXPECT_EQ(session(steps)
                .answers(0, 0)
                .ends(EndObservation::Kind::killed, "")
                .skips(1)
                .restarts({{"a", true, true, ramp(5)}})
                .verdict(),
            "WR-11 store_changed");
}

/// What an OPEN answered that the system refused by `error`.
Session refused_by(const std::string& error) {
  return Session(R"({"prepare": "file", "name": "a"}, {"fault": "open", "error": ")" + error +
                 R"("}, {"send": "OPEN", "name": "a"})");
}

TEST(Fault, ARefusalIsNotToldAsAnother) {
  const auto verdict = [](const std::string& error, std::int64_t code) {
    return refused_by(error).answers(with_fault(code, 0, OsCallKind::open)).verdict();
  };
  EXPECT_EQ(verdict("access_denied", 257), "OP-27 wrong_error_code");
  EXPECT_EQ(verdict("sharing_violation", 267), "OP-27 wrong_error_code");
  EXPECT_EQ(verdict("too_many_open_files", 257), "OP-27 wrong_error_code");
  EXPECT_EQ(verdict("too_many_open_files", 268), "OP-27 wrong_error_code");
  EXPECT_EQ(verdict("too_many_open_files", 271), "");
  EXPECT_EQ(verdict("too_many_open_files", 259), "");
  EXPECT_EQ(verdict("sharing_violation", 268), "");
  EXPECT_EQ(verdict("network_error", 257), "");
}

TEST(Fault, WhoeverWasRefusedInTwoWaysMayTellEither) {
  MessageObservation seen = with_fault(257, 0, OsCallKind::open);
  seen.os_calls.push_back({.status = 2, .name = "elsewhere"});
  EXPECT_EQ(refused_by("access_denied").answers(seen).verdict(), "");
}

TEST(Fault, ADeleteThatWasRefusedIsNotToldAsAMissingFile) {
  const std::string steps = R"({"prepare": "file", "name": "a"},
    {"fault": "remove", "error": "access_denied"}, {"send": "OPEN", "name": "a", "flags": ["DELETE"]})";
  EXPECT_EQ(Session(steps).answers(with_fault(257, 0, OsCallKind::remove)).verdict(),
            "OP-27 wrong_error_code");
  EXPECT_EQ(Session(steps).answers(with_fault(268, 0, OsCallKind::remove)).verdict(), "");
}

/// A WRITE and a CLOSE that made these calls; CLOSE answered `result`.
std::string verdict_on_close(std::int64_t result, const std::vector<OsCall>& calls) {
  const std::string steps = R"({"send": "WRITE", "data": {"pattern": "fill", "value": 99, "size": 4}},
    {"fault": "flush", "error": "io_error"}, {"send": "CLOSE"})";
  MessageObservation write, close;
  write.result = write.disk_offset_after = close.disk_offset_after = 4;
  write.os_calls = {{.kind = OsCallKind::write, .file = 1, .asked = 4, .done = 4, .name = {}}};
  close.result = result;
  close.os_calls = calls;
  return session(steps).answers(0, 0).answers(write).answers(close).verdict();
}

TEST(Fault, CloseTellsOfASyncThatFailed) {
  const OsCall failed = {.kind = OsCallKind::flush, .file = 1, .status = 5, .injected = true, .name = {}};
  const OsCall synced = {.kind = OsCallKind::flush, .file = 1, .name = {}};
  EXPECT_EQ(verdict_on_close(0, {failed}), "CL-11 loss_not_reported");
  EXPECT_EQ(verdict_on_close(262, {failed}), "");
  EXPECT_EQ(verdict_on_close(0, {failed, synced}), "");
}

TEST(Fault, OnCloseASyncOfWhatWasNotWrittenMayFail) {
  const OsCall of_the_folder = {
      .kind = OsCallKind::flush, .file = 2, .status = 5, .injected = true, .name = {}};
  EXPECT_EQ(verdict_on_close(0, {of_the_folder}), "");
}

TEST(Fault, WhatARenameCouldNotTakeBackMayBeThere) {
  const std::string steps = R"({"prepare": "file", "name": "a", "content": {"pattern": "ramp", "size": 9}},
    {"fault": "remove", "error": "access_denied", "lasting": true},
    {"send": "RENAME", "name": "a", "to": "b"}, {"inspect": "a"}, {"inspect": "b"})";
  MessageObservation seen = with_fault(268, 0, OsCallKind::remove);
  EXPECT_EQ(Session(steps).answers(seen).sees(ramp(9)).sees(ramp(9)).verdict(), "RN-04 name_state_wrong");
  seen.os_calls.push_back(seen.os_calls[0]);
  EXPECT_EQ(Session(steps).answers(seen).sees(ramp(9)).sees(ramp(9)).verdict(), "");
  EXPECT_EQ(Session(steps).answers(seen).sees(std::nullopt).sees(ramp(9)).verdict(),
            "RN-04 name_state_wrong");
}

}  // namespace
}  // namespace mmio_cts
