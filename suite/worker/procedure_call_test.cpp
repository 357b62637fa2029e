// What a call sees and puts back. Preserved registers are not among it: a compiler saves them itself; the
// defects that lose one are there for that.
#include "suite/worker/procedure_call.h"

#include <gtest/gtest.h>

#include <cfenv>
#include <stdexcept>

namespace mmio_cts {
namespace {

LRESULT CALLBACK right_proc(LPSTR info, UINT message, LPARAM param1, LPARAM param2) {
  return reinterpret_cast<MMIOINFO*>(info)->lDiskOffset + static_cast<LRESULT>(message) + param1 - param2;
}

LRESULT CALLBACK backward_proc(LPSTR, UINT, LPARAM, LPARAM) {
  __asm__ volatile("std");
  return 4;
}

LRESULT CALLBACK rounding_proc(LPSTR, UINT, LPARAM, LPARAM) {
  std::fesetround(FE_TOWARDZERO);
  return 4;
}

LRESULT CALLBACK throwing_proc(LPSTR, UINT, LPARAM, LPARAM) {
  throw std::runtime_error("out of the procedure");
}

CallResult call(LPMMIOPROC procedure) {
  MMIOINFO info = {};
  info.lDiskOffset = 1000;
  return call_procedure(procedure, &info, MMIOM_SEEK, 70, 30);
}

TEST(ProcedureCall, HandsOverTheParametersAndBringsTheResult) {
  const CallResult seen = call(right_proc);
  EXPECT_EQ(seen.result, 1000 + MMIOM_SEEK + 70 - 30);
  EXPECT_EQ(seen.stack_drift, 0);
  EXPECT_EQ(seen.changed, std::vector<CallerState>());
}

TEST(ProcedureCall, SeesTheDirectionFlagAndClearsIt) {
  const CallResult seen = call(backward_proc);
  EXPECT_EQ(seen.result, 4);
  EXPECT_EQ(seen.changed, std::vector{CallerState::direction_flag});
  EXPECT_EQ(call(right_proc).changed, std::vector<CallerState>());
}

TEST(ProcedureCall, SeesBothControlWordsAndPutsThemBack) {
  const int before = std::fegetround();
  EXPECT_EQ(call(rounding_proc).changed, (std::vector{CallerState::x87_control, CallerState::mxcsr}));
  EXPECT_EQ(std::fegetround(), before);
}

TEST(ProcedureCall, LetsAnExceptionPass) { EXPECT_THROW(call(throwing_proc), std::runtime_error); }

}  // namespace
}  // namespace mmio_cts
