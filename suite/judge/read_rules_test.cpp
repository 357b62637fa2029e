#include <gtest/gtest.h>

#include "suite/judge/session_for_test.h"

namespace mmio_cts {
namespace {

const std::string open_20 =
    R"({"prepare": "file", "name": "a.dat", "content": {"pattern": "ramp", "size": 20}},
  {"send": "OPEN", "name": "a.dat", "flags": ["READ"]})";
const std::string read_8 = R"(,{"send": "READ", "size": 8})";
const std::string read_30 = R"(,{"send": "READ", "size": 30})";

Session opened(const std::string& steps, Edition edition = Edition::sdk_1992) {
  Session session(open_20 + steps, edition);
  session.answers(0, 0);
  return session;
}

TEST(Read, GivesTheBytesAtLDiskOffset) {
  EXPECT_EQ(opened(read_8 + read_8).answers(8, 8, ramp(8)).answers(8, 16, ramp(8, 8)).verdict(), "");
  EXPECT_EQ(opened(read_8).answers(8, 8, ramp(8, 1)).verdict(), "RD-11 wrong_data");
}

TEST(Read, MayBeShortButNotEmptyBeforeTheEnd) {
  Session s = opened(read_8);
  EXPECT_EQ(s.answers(3, 3, ramp(3)).verdict(), "");
  EXPECT_TRUE(s.result().traits.contains("short_reads"));
  EXPECT_EQ(opened(read_8).answers(0, 0).verdict(), "RD-09 nothing_read");
}

TEST(Read, EndsAtTheEnd) {
  EXPECT_EQ(opened(read_30 + read_8).answers(20, 20, ramp(20)).answers(0, 20).verdict(), "");
  EXPECT_EQ(opened(read_30).answers(30, 30, ramp(30)).verdict(), "RD-09 count_exceeds_file");
  EXPECT_EQ(opened(read_30 + read_8).answers(20, 20, ramp(20)).answers(8, 28, ramp(8, 20)).verdict(),
            "RD-05 no_end_of_file");
}

TEST(Read, AnErrorAtTheEndIsNoEnd) {
  EXPECT_EQ(opened(read_30 + read_8).answers(20, 20, ramp(20)).answers(-1, 20).verdict(),
            "RD-05 unexpected_error");
}

TEST(Read, MovesLDiskOffsetByWhatItRead) {
  EXPECT_EQ(opened(read_30).answers(20, 30, ramp(20)).verdict(), "RD-08 disk_offset_by_request");
  EXPECT_EQ(opened(read_8).answers(8, 0, ramp(8)).verdict(), "RD-07 disk_offset_not_updated");
}

TEST(Read, EveryStateThatFitsIsKept) {
  // lDiskOffset stays: the next READ may go on where the file stands or begin again.
  for (const std::int64_t from : {0, 8})
    EXPECT_EQ(opened(read_8 + read_8).answers(8, 0, ramp(8)).answers(8, 0, ramp(8, from)).verdict(),
              "RD-07 disk_offset_not_updated, RD-07 disk_offset_not_updated");
}

TEST(Read, AnErrorOnAReadableFileIsWrong) {
  EXPECT_EQ(opened(read_8).answers(-1, 0).verdict(), "RD-04 unexpected_error");
  EXPECT_EQ(opened(read_8).answers(1, 0).verdict(), "RD-06 sign_loss");
  EXPECT_EQ(opened(read_8).answers(261, 0).verdict(), "EC-02 mmioerr_as_count");
}

TEST(Read, OfOneByteIsNoLostSign) { EXPECT_EQ(opened(read_8).answers(1, 1, ramp(1)).verdict(), ""); }

TEST(Read, OnAWriteOnlyOpenFails) {
  const std::string steps =
      R"({"prepare": "file", "name": "a.dat", "content": {"pattern": "ramp", "size": 20}},
    {"send": "OPEN", "name": "a.dat", "flags": ["WRITE"]})" +
      read_8;
  EXPECT_EQ(Session(steps).answers(0, 0).answers(-1, 0).verdict(), "");
  EXPECT_EQ(Session(steps).answers(0, 0).answers(1, 0).verdict(), "RD-06 sign_loss");
  EXPECT_EQ(Session(steps).answers(0, 0).answers(8, 8, ramp(8)).verdict(), "OP-23 unexpected_success");
  EXPECT_EQ(Session(steps).answers(0, 0).answers(-1, -1).verdict(), "RD-14 disk_offset_untrue_after_error");
  EXPECT_EQ(Session(steps).answers(0, 0).answers(-1, 8).verdict(), "RD-14 disk_offset_untrue_after_error");
}

TEST(Read, AMoveAfterAnErrorIsTrueIfTheNextMessageActsThere) {
  const std::string steps =
      R"({"prepare": "file", "name": "a.dat", "content": {"pattern": "ramp", "size": 20}},
    {"send": "OPEN", "name": "a.dat", "flags": ["READ"]})" +
      read_8 + read_8;
  EXPECT_EQ(Session(steps).answers(0, 0).answers(-1, 3).answers(8, 11, ramp(8, 3)).verdict(),
            "RD-04 unexpected_error");
  EXPECT_EQ(Session(steps).answers(0, 0).answers(-1, 3).answers(8, 8, ramp(8)).verdict(),
            "RD-04 unexpected_error, RD-14 disk_offset_untrue_after_error");
}

TEST(Read, OfNothingAnswersZero) {
  const std::string read_0 = R"(,{"send": "READ", "size": 0})";
  EXPECT_EQ(opened(read_0).answers(0, 0).verdict(), "");
  EXPECT_EQ(opened(read_0).answers(-1, 0).verdict(), "RD-10 unexpected_error");
  const std::string read_negative = R"(,{"send": "READ", "size": -4})";
  for (const std::int64_t result : {0, -1}) EXPECT_EQ(opened(read_negative).answers(result, 0).verdict(), "");
}

TEST(Read, NothingOutsideTheBufferMayChange) {
  MessageObservation seen;
  seen.result = 8;
  seen.disk_offset_after = 8;
  seen.data = ramp(8);
  seen.overrun = 4;
  EXPECT_EQ(opened(read_8).answers(seen).verdict(), "IP-13 buffer_overrun");
  seen.overrun = 0;
  seen.changes = {{Member::handle, 1, 2}};
  EXPECT_EQ(opened(read_8).answers(seen).verdict(), "FI-17 member_changed");
  seen.changes = {{Member::error_result, 0, 7}};
  EXPECT_EQ(opened(read_8).answers(seen).verdict(), "FI-04 member_changed");
}

TEST(Read, MayTellALossThatCloseNeedNotTellAgain) {
  const std::string steps =
      R"({"prepare": "file", "name": "a.dat", "content": {"pattern": "ramp", "size": 20}},
    {"prepare": "size_limit", "size": 20},
    {"send": "OPEN", "name": "a.dat", "flags": ["READWRITE"]},
    {"send": "SEEK", "offset": 15, "origin": "SET"},
    {"send": "WRITE", "data": {"pattern": "ramp", "size": 10}},
    {"send": "SEEK", "offset": 0, "origin": "SET"},
    {"send": "READ", "size": 5}, {"send": "CLOSE"})";
  const auto closes_with = [&](std::int64_t read, std::int64_t close) {
    Session session(steps);
    session.answers(0, 0).answers(15, 15).answers(10, 25).answers(0, 0);
    read < 0 ? session.answers(-1, 0) : session.answers(5, 5, ramp(5));
    return session.answers(close, read < 0 ? 0 : 5).verdict();
  };
  EXPECT_EQ(closes_with(-1, 0), "");
  EXPECT_EQ(closes_with(5, 262), "");
  EXPECT_EQ(closes_with(5, 0), "CL-11 loss_not_reported");
}

TEST(Read, OfNothingMovesNothing) {
  const std::string steps = open_20 + read_8 + R"(,{"send": "READ", "size": 0})";
  EXPECT_EQ(Session(steps).answers(0, 0).answers(8, 8, ramp(8)).answers(0, 8).verdict(), "");
  EXPECT_EQ(Session(steps).answers(0, 0).answers(8, 8, ramp(8)).answers(0, 0).verdict(),
            "RD-10 disk_offset_changed");
}

}  // namespace
}  // namespace mmio_cts
