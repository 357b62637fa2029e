// Memory that is not the procedure's to touch: what was changed there, and what ended the process.
#include <gtest/gtest.h>

#include "suite/judge/session_for_test.h"

namespace mmio_cts {
namespace {

const std::string open = R"({"send": "OPEN", "name": "a.dat", "flags": ["CREATE", "READWRITE"]})";
const std::string write = R"({"send": "WRITE", "data": {"pattern": "ramp", "size": 8}})";
const std::string rename = R"({"send": "RENAME", "name": "a.dat", "to": "b.dat"})";

std::string touching(const std::string& step, const TouchObservation& seen) {
  return Session(open + "," + step).answers(0, 0).touches(seen).verdict();
}

TEST(Touch, OutsideABufferBreaksIp13) {
  EXPECT_EQ(touching(write, {0, Touched::source, false, false, 1}), "IP-13 buffer_overread");
  EXPECT_EQ(touching(write, {0, Touched::source, true, false, -2}), "IP-13 buffer_overrun");
}

TEST(Touch, InsideTheDataOfAWriteBreaksWr03) {
  EXPECT_EQ(touching(write, {0, Touched::source, true, false, 0}), "WR-03 source_changed");
}

TEST(Touch, OutsideANameBreaksTheRowOnNames) {
  EXPECT_EQ(touching(rename, {0, Touched::new_name, false, false, 1}), "RN-01 buffer_overread");
  EXPECT_EQ(touching(rename, {0, Touched::name, true, false, 1}), "IP-13 buffer_overrun");
  EXPECT_EQ(Session(open).touches({0, Touched::name, false, false, -1}).verdict(), "OP-02 buffer_overread");
}

TEST(Touch, OutsideMmioinfoBreaksAbi07) {
  EXPECT_EQ(touching(write, {0, Touched::info, false, false, 1}), "ABI-07 info_overread");
  EXPECT_EQ(touching(write, {0, Touched::info, true, false, 9}), "ABI-07 info_overrun");
}

TEST(Touch, OfAnEarlierMessagesMemoryBreaksIp12) {
  EXPECT_EQ(touching(write, {0, Touched::name, false, true, 3}), "IP-12 pointer_kept");
}

TEST(Touch, EndsTheCaseWithoutACrashOfItsOwn) {
  const CaseResult result = Session(open + "," + write + R"(,{"send": "CLOSE"})")
                                .answers(0, 0)
                                .touches({0, Touched::source, false, false, 1})
                                .ends(EndObservation::Kind::crash, "SIGSEGV")
                                .result();
  EXPECT_EQ(result.end, CaseEnd::complete);
  EXPECT_EQ(result.violations.size(), 1u);
  EXPECT_FALSE(result.decided.contains("IP-06")) << "what the case is about was not reached";
}

TEST(Overrun, OfMmioinfoIsToldFromThatOfABuffer) {
  MessageObservation seen;
  seen.result = 8;
  seen.disk_offset_after = 8;
  seen.info_overrun = 4;
  EXPECT_EQ(Session(open + "," + write).answers(0, 0).answers(seen).verdict(), "ABI-07 info_overrun");
}

std::string leaving_changed(std::vector<CallerState> states) {
  MessageObservation seen;
  seen.not_restored = std::move(states);
  return Session(open).answers(seen).verdict();
}

TEST(CallerStateOf, RegistersBreaksAbi02) {
  EXPECT_EQ(leaving_changed({}), "");
  EXPECT_EQ(leaving_changed({CallerState::rbx, CallerState::xmm15}), "ABI-02 register_changed");
  EXPECT_EQ(leaving_changed({CallerState::direction_flag}), "ABI-02 direction_flag_set");
}

TEST(CallerStateOf, FloatingPointBreaksAbi17AndTheProcessAbi18) {
  EXPECT_EQ(leaving_changed({CallerState::x87_stack, CallerState::mxcsr}), "ABI-17 floating_point_changed");
  EXPECT_EQ(leaving_changed({CallerState::error_mode}), "ABI-18 process_state_changed");
  EXPECT_EQ(leaving_changed({CallerState::mxcsr, CallerState::error_mode}), "ABI-17 floating_point_changed")
      << "a must comes before a should";
}

}  // namespace
}  // namespace mmio_cts
