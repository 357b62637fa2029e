#include <gtest/gtest.h>

#include "suite/judge/session_for_test.h"

namespace mmio_cts {
namespace {

const std::string create = R"({"send": "OPEN", "name": "a.dat", "flags": ["CREATE", "READWRITE"]})";
const std::string full = R"({"prepare": "full_store", "name": "a.dat"},
  {"send": "OPEN", "name": "a.dat", "flags": ["READWRITE"]})";
const std::string write_10 = R"(,{"send": "WRITE", "data": {"pattern": "ramp", "size": 10}})";
const std::string flush_4 = R"(,{"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 4, "from": 10}})";
const std::string flush_0 = R"(,{"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 0}})";
const std::string look = R"(,{"inspect": "a.dat"})";
const std::string close = R"(,{"send": "CLOSE"})";

Bytes joined(Bytes a, const Bytes& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

TEST(WriteFlush, AnErrorAnsweredAsOneHasLostItsSign) {
  EXPECT_EQ(Session(full + flush_4).answers(0, 0).answers(1, 0).verdict(), "WF-05 sign_loss");
  EXPECT_EQ(Session(full + flush_4).answers(0, 0).answers(-1, 0).verdict(), "");
}

TEST(WriteFlush, AnErrorAnsweredAsOneIsRightByThePagesSince2018) {
  EXPECT_EQ(Session(full + flush_4, Edition::web_2018).answers(0, 0).answers(1, 0).verdict(), "");
  EXPECT_EQ(Session(full + flush_4, Edition::web_2018).answers(0, 0).answers(-1, 0).verdict(),
            "WF-05 edition_error_value");
}

TEST(WriteFlush, OneByteReallyWrittenIsOne) {
  const std::string flush_1 = R"(,{"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 1}})";
  EXPECT_EQ(Session(create + flush_1 + look).answers(0, 0).answers(1, 1).sees(ramp(1)).verdict(), "");
}

TEST(WriteFlush, AClaimThatTheFullStoreCannotHoldIsFalseWhateverLDiskOffsetSays) {
  EXPECT_EQ(Session(full + flush_4).answers(0, 0).answers(1, 1).verdict(), "WF-05 sign_loss");
  EXPECT_EQ(Session(full + flush_4).answers(0, 0).answers(4, 4).verdict(), "WF-11 loss_not_reported");
  EXPECT_EQ(Session(full + flush_4).answers(0, 0).answers(0, 0).verdict(), "");
}

TEST(WriteFlush, OtherWrongErrorValuesHaveTheirOwnRows) {
  EXPECT_EQ(Session(full + flush_4).answers(0, 0).answers(0xFFFFFFFF, 0).verdict(),
            "ABI-05 neg1_zero_extended");
  EXPECT_EQ(Session(full + flush_4).answers(0, 0).answers(262, 0).verdict(), "EC-02 mmioerr_as_count");
  EXPECT_EQ(Session(full + flush_4).answers(0, 0).answers(-2, 0).verdict(), "WF-05 wrong_error_value");
  EXPECT_EQ(Session(full + flush_4).answers(0, 0).answers(0x100000000, 0).verdict(),
            "ABI-06 result_out_of_range");
}

TEST(WriteFlush, ItsDataMustBeInTheStore) {
  EXPECT_EQ(Session(create + flush_4 + look).answers(0, 0).answers(4, 4).sees(Bytes{}).verdict(),
            "WF-01 data_not_in_store");
  EXPECT_EQ(Session(create + flush_4 + look).answers(0, 0).answers(4, 4).sees(ramp(4, 10)).verdict(), "");
}

TEST(WriteFlush, WhatTheCallersMemoryHeldAfterwardsWasTakenThroughAKeptPointer) {
  Bytes spoilt(10);
  for (std::size_t i = 0; i < spoilt.size(); ++i) spoilt[i] = spoilt_byte(i);
  EXPECT_EQ(Session(create + write_10 + close + look)
                .answers(0, 0)
                .answers(10, 10)
                .answers(0, 10)
                .sees(spoilt)
                .verdict(),
            "IP-12 pointer_kept");
}

TEST(WriteFlush, EarlierWritesMustBeInTheStoreToo) {
  Session late(create + write_10 + flush_4 + look);
  late.answers(0, 0).answers(10, 10).answers(4, 14).sees(joined(Bytes(10, 0), ramp(4, 10)));
  EXPECT_EQ(late.verdict(), "WF-09 data_not_in_store");
  Session right(create + write_10 + flush_4 + look);
  right.answers(0, 0).answers(10, 10).answers(4, 14).sees(ramp(14));
  EXPECT_EQ(right.verdict(), "");
}

TEST(WriteFlush, OfNothingBringsOutWhatWasWritten) {
  EXPECT_EQ(Session(create + write_10 + flush_0 + look)
                .answers(0, 0)
                .answers(10, 10)
                .answers(0, 10)
                .sees(Bytes{})
                .verdict(),
            "WF-10 data_not_in_store");
  EXPECT_EQ(Session(full + write_10 + flush_0).answers(0, 0).answers(10, 10).answers(0, 10).verdict(),
            "WF-11 loss_not_reported");
  EXPECT_EQ(Session(full + write_10 + flush_0).answers(0, 0).answers(10, 10).answers(-1, 10).verdict(), "");
}

TEST(Write, MayReachTheStoreAtAnyTime) {
  for (const std::int64_t stored : {0, 3, 10})
    EXPECT_EQ(Session(create + write_10 + look).answers(0, 0).answers(10, 10).sees(ramp(stored)).verdict(),
              "")
        << stored;
  EXPECT_EQ(Session(create + write_10 + look).answers(0, 0).answers(10, 10).sees(std::nullopt).verdict(), "");
  EXPECT_EQ(Session(create + write_10 + look).answers(0, 0).answers(10, 10).sees(ramp(10, 5)).verdict(),
            "WR-04 wrong_data");
}

TEST(Write, MustBeInTheStoreAfterClose) {
  EXPECT_EQ(Session(create + write_10 + close + look)
                .answers(0, 0)
                .answers(10, 10)
                .answers(0, 10)
                .sees(ramp(4))
                .verdict(),
            "CL-11 data_not_in_store");
  EXPECT_EQ(Session(create + write_10 + close + look)
                .answers(0, 0)
                .answers(10, 10)
                .answers(0, 10)
                .sees(ramp(10))
                .verdict(),
            "");
}

TEST(Write, LDiskOffsetMustMoveByTheBytesWritten) {
  EXPECT_EQ(Session(create + write_10).answers(0, 0).answers(10, 0).verdict(),
            "WR-06 disk_offset_not_updated");
  EXPECT_EQ(Session(create + write_10).answers(0, 0).answers(6, 10).verdict(),
            "WR-07 disk_offset_by_request");
  EXPECT_EQ(Session(create + write_10).answers(0, 0).answers(6, 6).verdict(), "");
  EXPECT_EQ(Session(create + write_10).answers(0, 0).answers(10, 17).verdict(), "WR-06 disk_offset_wrong");
}

TEST(Write, AWrongLDiskOffsetIsNotHeldAgainstWhatFollows) {
  Session same(create + write_10 + write_10);
  same.answers(0, 0).answers(10, 0).answers(10, 0);
  EXPECT_EQ(same.verdict(), "WR-06 disk_offset_not_updated, WR-06 disk_offset_not_updated");
}

TEST(Write, AfterAFailureWhatWasNotConfirmedMayBeThereOrNot) {
  for (const std::int64_t stored : {0, 7, 10, 12, 20}) {
    Session s(create + write_10 + write_10 + look);
    s.answers(0, 0).answers(10, 10);
    MessageObservation failed;
    failed.result = -1;
    failed.disk_offset_after = 10;
    Bytes content = ramp(10);
    content = joined(content, ramp(10));
    content.resize(static_cast<std::size_t>(stored));
    // A file that may fill up: without that the failure itself would be wrong.
    s.answers(failed).sees(content);
    EXPECT_EQ(s.verdict(), "WR-04 unexpected_error") << stored;
  }
}

TEST(Write, OnAReadOnlyOpenMustFailAndNothingMayChange) {
  const std::string steps =
      R"({"prepare": "file", "name": "a.dat", "content": {"pattern": "ramp", "size": 20}},
    {"send": "OPEN", "name": "a.dat", "flags": ["READ"]})" +
      write_10 + look;
  EXPECT_EQ(Session(steps).answers(0, 0).answers(-1, 0).sees(ramp(20)).verdict(), "");
  EXPECT_EQ(Session(steps).answers(0, 0).answers(10, 10).sees(ramp(20)).verdict(),
            "OP-22 unexpected_success");
  EXPECT_EQ(Session(steps).answers(0, 0).answers(1, 0).sees(ramp(20)).verdict(), "WR-05 sign_loss");
  EXPECT_EQ(Session(steps).answers(0, 0).answers(-1, 0).sees(ramp(10)).verdict(), "OP-08 store_changed");
}

TEST(Write, PastTheEndMayBeRefused) {
  const std::string steps = create + R"(,{"send": "SEEK", "offset": 50, "origin": "SET"})" + write_10;
  EXPECT_EQ(Session(steps).answers(0, 0).answers(50, 50).answers(-1, 50).verdict(), "");
}

TEST(Write, AStoreMayRefuseToGrowAndStayFull) {
  const std::string large = R"(,{"send": "WRITE", "data": {"pattern": "ramp", "size": 40000}})";
  EXPECT_EQ(Session(create + large + write_10).answers(0, 0).answers(-1, 0).answers(10, 10).verdict(), "");
  EXPECT_EQ(
      Session(create + large + write_10).answers(0, 0).answers(30000, 30000).answers(-1, 30000).verdict(),
      "");
  const std::string huge = R"(,{"send": "WRITE", "data": {"pattern": "ramp", "size": 70000}})";
  EXPECT_EQ(Session(create + huge).answers(0, 0).answers(-1, 0).verdict(), "");
  // Inside a file there is nothing to grow.
  const std::string inside =
      R"({"prepare": "file", "name": "a.dat", "content": {"pattern": "ramp", "size": 80000}},
    {"send": "OPEN", "name": "a.dat", "flags": ["READWRITE"]})";
  EXPECT_EQ(Session(inside + huge).answers(0, 0).answers(-1, 0).verdict(), "WR-16 unexpected_error");
}

TEST(Write, WhoseStoreTookOnlyAPartMayGoOnFailing) {
  const std::string after = R"(,{"send": "SEEK", "offset": 0, "origin": "SET"},{"send": "READ", "size": 2})";
  const auto verdict = [&](const std::string& limit) {
    return Session(limit + create + write_10 + after + close)
        .answers(0, 0)
        .answers(2, 2)
        .answers(-1, 2)
        .answers(-1, 2)
        .answers(262, 2)
        .verdict();
  };
  EXPECT_EQ(verdict(R"({"prepare": "size_limit", "size": 2},)"), "");
  EXPECT_NE(verdict(""), "");
}

TEST(WriteFlush, ThatStoresButCannotSyncMayMoveLDiskOffset) {
  const std::string limited = R"({"prepare": "size_limit", "size": 2},)" + create + flush_4;
  const std::string read = R"(,{"send": "READ", "size": 4})";
  EXPECT_EQ(Session(limited + read).answers(0, 0).answers(-1, 4).answers(0, 4).verdict(), "");
}

TEST(Write, ALossMustBeToldByCloseAtTheLatest) {
  EXPECT_EQ(Session(full + write_10 + close).answers(0, 0).answers(10, 10).answers(0, 10).verdict(),
            "CL-11 loss_not_reported");
  EXPECT_EQ(Session(full + write_10 + close).answers(0, 0).answers(10, 10).answers(262, 10).verdict(), "");
  EXPECT_EQ(Session(full + write_10 + close).answers(0, 0).answers(-1, 0).answers(0, 0).verdict(), "");
}

TEST(Write, ASecondOpenSeesOnlyWhatIsConfirmedForSure) {
  const std::string steps = create + write_10 + R"(,{"send": "OPEN", "file": "b", "name": "a.dat"},
    {"send": "READ", "file": "b", "size": 10})";
  EXPECT_EQ(Session(steps).answers(0, 0).answers(10, 10).answers(0, 0).answers(0, 0).verdict(), "");
  EXPECT_EQ(Session(steps).answers(0, 0).answers(10, 10).answers(0, 0).answers(10, 10, ramp(10)).verdict(),
            "");
  EXPECT_EQ(Session(steps).answers(0, 0).answers(10, 10).answers(0, 0).answers(10, 10, ramp(10, 3)).verdict(),
            "WR-04 wrong_data");
}

TEST(Write, ThroughTheSameOpenIsSeenAtOnce) {
  const std::string steps = create + write_10 + R"(,{"send": "SEEK", "offset": 2, "origin": "SET"},
    {"send": "READ", "size": 10})";
  EXPECT_EQ(Session(steps).answers(0, 0).answers(10, 10).answers(2, 2).answers(8, 10, ramp(8, 2)).verdict(),
            "");
  EXPECT_EQ(Session(steps).answers(0, 0).answers(10, 10).answers(2, 2).answers(8, 10, Bytes(8, 0)).verdict(),
            "WR-10 wrong_data");
  EXPECT_EQ(Session(steps).answers(0, 0).answers(10, 10).answers(2, 2).answers(0, 2).verdict(),
            "WR-10 nothing_read");
}

TEST(Restart, KeepsWhatWasConfirmedAndMayLoseTheRest) {
  const std::string steps = create + flush_4 + write_10 + R"(,{"restart": true})";
  const auto after = [&](Bytes content) {
    return Session(steps)
        .answers(0, 0)
        .answers(4, 4)
        .answers(10, 14)
        .restarts({{"a.dat", true, true, std::move(content)}})
        .verdict();
  };
  EXPECT_EQ(after(ramp(4, 10)), "");
  EXPECT_EQ(after(joined(ramp(4, 10), ramp(10))), "");
  EXPECT_EQ(after({}), "WF-01 data_not_in_store");
  EXPECT_EQ(Session(steps).answers(0, 0).answers(4, 4).answers(10, 14).restarts({}).verdict(),
            "WF-01 name_state_wrong");
  EXPECT_EQ(Session(create + write_10 + R"(,{"restart": true})")
                .answers(0, 0)
                .answers(10, 10)
                .restarts({})
                .verdict(),
            "");
}

}  // namespace
}  // namespace mmio_cts
