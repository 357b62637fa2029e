#include "suite/worker/case_trace.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace mmio_cts {
namespace {

using Kind = EndObservation::Kind;

class CaseTraceTest : public testing::Test {
 protected:
  CaseTraceTest() : memory_(4096) { TraceWriter(memory_).reset(); }
  std::vector<std::byte> memory_;
};

MessageObservation large_read() {
  MessageObservation seen;
  seen.data.resize(1000);
  return seen;
}

TEST_F(CaseTraceTest, ACrashInACallIsTheCalls) {
  CaseTrace trace(memory_);
  trace.set_phase("while the library was loaded");
  trace.begin(3);
  EXPECT_TRUE(trace.end(Kind::crash, "SIGSEGV", "at address 0x10"));
  EXPECT_EQ(read_trace(memory_).records,
            (Trace{EndObservation{3, Kind::crash, "SIGSEGV", "at address 0x10"}}));
}

TEST_F(CaseTraceTest, ACrashElsewhereSaysWhere) {
  CaseTrace trace(memory_);
  trace.set_step(2);
  trace.set_phase("while the library was unloaded");
  trace.end(Kind::crash, "SIGSEGV");
  EXPECT_EQ(read_trace(memory_).records,
            (Trace{EndObservation{2, Kind::crash, "SIGSEGV while the library was unloaded", ""}}));
}

TEST_F(CaseTraceTest, OnlyTheFirstEndCounts) {
  CaseTrace trace(memory_);
  trace.end(Kind::crash, "C++ exception");
  EXPECT_TRUE(trace.end(Kind::crash, "SIGABRT"));
  EXPECT_EQ(read_trace(memory_).records.size(), 1u);
}

TEST_F(CaseTraceTest, OfTwoThreadsThatEndACaseAtOnceOneTells) {
  for (int i = 0; i < 200; ++i) {
    TraceWriter(memory_).reset();
    CaseTrace trace(memory_);
    std::atomic<int> ready = 0;
    const auto crash = [&](const char* what) {
      ++ready;
      while (ready < 2) {
      }
      EXPECT_TRUE(trace.end(Kind::crash, what));
      // Whoever comes back from there may end the process.
      EXPECT_EQ(read_trace(memory_).records.size(), 1u);
    };
    std::thread other(crash, "SIGFPE");
    crash("SIGSEGV");
    other.join();
  }
}

TEST_F(CaseTraceTest, ThereIsAlwaysRoomForTheEnd) {
  CaseTrace trace(memory_);
  int appended = 0;
  while (trace.append(large_read())) ++appended;
  const Trace records = read_trace(memory_).records;
  ASSERT_EQ(records.size(), static_cast<std::size_t>(appended) + 1);
  EXPECT_EQ(records.back(), Observation(EndObservation{0, Kind::suite_error, "the trace is full", ""}));

  CaseTrace after_another_case(memory_);
  EXPECT_FALSE(after_another_case.append(large_read()));
}

TEST_F(CaseTraceTest, TheLongestTextsFit) {
  CaseTrace trace(memory_);
  while (TraceWriter(std::span(memory_).first(memory_.size() - 1024)).append(MessageObservation{})) {
  }
  const std::string endless(1000, 'x');
  trace.set_phase(endless);
  EXPECT_TRUE(trace.end(Kind::crash, endless, endless));
}

}  // namespace
}  // namespace mmio_cts
