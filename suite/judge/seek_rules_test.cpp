#include <gtest/gtest.h>

#include "suite/judge/session_for_test.h"

namespace mmio_cts {
namespace {

std::string seek(int offset, const std::string& origin) {
  return R"(,{"send": "SEEK", "offset": )" + std::to_string(offset) + R"(, "origin": )" + origin + "}";
}
const std::string set = "\"SET\"", cur = "\"CUR\"", end = "\"END\"";

// A file of 20 bytes with the position at 10.
Session at_10(const std::string& steps, Edition edition = Edition::sdk_1992) {
  Session session(R"({"prepare": "file", "name": "a.dat", "content": {"pattern": "ramp", "size": 20}},
    {"send": "OPEN", "name": "a.dat", "flags": ["READ"]})" +
                      seek(10, set) + steps,
                  edition);
  session.answers(0, 0).answers(10, 10);
  return session;
}

TEST(Seek, GoesWhereItIsTold) {
  EXPECT_EQ(at_10(seek(4, set)).answers(4, 4).verdict(), "");
  EXPECT_EQ(at_10(seek(-4, cur)).answers(6, 6).verdict(), "");
  EXPECT_EQ(at_10(seek(0, end)).answers(20, 20).verdict(), "");
  EXPECT_EQ(at_10(seek(4, set)).answers(5, 5).verdict(), "SK-04 wrong_target");
  EXPECT_EQ(at_10(seek(-4, cur)).answers(16, 16).verdict(), "SK-05 wrong_target");
  EXPECT_EQ(at_10(seek(0, end)).answers(19, 19).verdict(), "SK-07 wrong_target");
}

TEST(Seek, AnswersTheNewPosition) {
  EXPECT_EQ(at_10(seek(4, set)).answers(0, 4).verdict(), "SK-09 wrong_position");
  EXPECT_EQ(at_10(seek(4, set)).answers(4, 10).verdict(), "SK-11 disk_offset_not_updated");
  EXPECT_EQ(at_10(seek(4, set)).answers(0, 10).verdict(), "SK-09 wrong_position");
}

TEST(Seek, FromTheEndMayAddOrSubtractButAlwaysTheSame) {
  EXPECT_EQ(at_10(seek(4, end)).answers(16, 16).verdict(), "");
  EXPECT_EQ(at_10(seek(4, end)).answers(24, 24).verdict(), "");
  EXPECT_EQ(at_10(seek(4, end)).answers(-1, 10).verdict(), "");
  EXPECT_EQ(at_10(seek(4, end) + seek(2, end)).answers(16, 16).answers(18, 18).verdict(), "");
  EXPECT_EQ(at_10(seek(4, end) + seek(2, end)).answers(16, 16).answers(22, 22).verdict(),
            "SK-06 wrong_target");
  EXPECT_EQ(at_10(seek(4, end)).answers(15, 15).verdict(), "SK-06 wrong_target");
}

TEST(Seek, ThatCannotBeFails) {
  EXPECT_EQ(at_10(seek(-5, set)).answers(-1, 10).verdict(), "");
  EXPECT_EQ(at_10(seek(-5, set)).answers(-5, -5).verdict(), "SK-13 unexpected_success");
  EXPECT_EQ(at_10(seek(-5, set)).answers(0, 0).verdict(), "SK-13 unexpected_success");
  EXPECT_EQ(at_10(seek(5, "3")).answers(-1, 10).verdict(), "");
  EXPECT_EQ(at_10(seek(5, "3")).answers(5, 5).verdict(), "SK-14 unexpected_success");
  EXPECT_EQ(at_10(seek(5, "3")).answers(1, 10).verdict(), "SK-10 sign_loss");
  EXPECT_EQ(at_10(seek(5, "3"), Edition::web_2018).answers(1, 10).verdict(), "");
}

TEST(Seek, BeyondLongMaxFails) {
  EXPECT_EQ(at_10(seek(2147483647, cur)).answers(-1, 10).verdict(), "");
  EXPECT_EQ(at_10(seek(2147483647, cur)).answers(-2147483639, -2147483639).verdict(),
            "SK-20 unexpected_success");
}

TEST(Seek, FromTheEndWithTargetsOnlyBeyondBothBoundsFails) {
  EXPECT_EQ(at_10(seek(-2147483647, end)).answers(-2147483629, -2147483629).verdict(),
            "SK-20 unexpected_success");
  EXPECT_EQ(at_10(seek(-2147483647, end)).answers(-1, 10).verdict(), "");
}

TEST(Seek, ThatFailsLeavesLDiskOffsetTrue) {
  EXPECT_EQ(at_10(seek(-5, set)).answers(-1, -1).verdict(), "SK-12 disk_offset_untrue_after_error");
  EXPECT_EQ(at_10(seek(-5, set)).answers(-1, -5).verdict(), "SK-12 disk_offset_untrue_after_error");
  const std::string read = R"(,{"send": "READ", "size": 4})";
  EXPECT_EQ(at_10(seek(5, "7") + read).answers(-1, 3).answers(4, 14, ramp(4, 10)).verdict(),
            "SK-12 disk_offset_untrue_after_error");
}

TEST(Seek, PastTheEndMaySucceedOrFail) {
  EXPECT_EQ(at_10(seek(50, set)).answers(50, 50).verdict(), "");
  EXPECT_EQ(at_10(seek(50, set)).answers(-1, 10).verdict(), "");
  EXPECT_EQ(at_10(seek(20, set)).answers(-1, 10).verdict(), "SK-04 unexpected_error");
}

TEST(Seek, ThePositionOneIsNoLostSign) { EXPECT_EQ(at_10(seek(1, set)).answers(1, 1).verdict(), ""); }

}  // namespace
}  // namespace mmio_cts
