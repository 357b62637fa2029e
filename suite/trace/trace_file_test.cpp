#include "suite/trace/trace_file.h"

#include <gtest/gtest.h>

#include "suite/trace/observations_for_test.h"

namespace mmio_cts {
namespace {

TEST(TraceFile, GivesBackWhatWasWritten) {
  std::vector<std::byte> memory(4096);
  TraceWriter writer(memory);
  writer.reset();
  for (const Observation& o : one_of_each()) EXPECT_TRUE(writer.append(o));
  std::string damaged;
  const StoredTrace trace = read_trace(memory, &damaged);
  EXPECT_EQ(trace.records, one_of_each());
  EXPECT_EQ(trace.pending, std::nullopt);
  EXPECT_EQ(damaged, "");
}

TEST(TraceFile, KnowsTheStepThatWasBegunAndNotEnded) {
  std::vector<std::byte> memory(4096);
  TraceWriter writer(memory);
  writer.reset();
  writer.begin(3);
  EXPECT_EQ(read_trace(memory).pending, 3u);
  writer.append(a_read());
  EXPECT_EQ(read_trace(memory).pending, std::nullopt);
}

TEST(TraceFile, RefusesARecordThatDoesNotFitAndKeepsTheOthers) {
  std::vector<std::byte> memory(400);
  TraceWriter writer(memory);
  writer.reset();
  EXPECT_TRUE(writer.append(a_read()));
  MessageObservation large;
  large.data.resize(400);
  EXPECT_FALSE(writer.append(large));
  EXPECT_EQ(read_trace(memory).records, (Trace{a_read()}));
}

TEST(TraceFile, EveryChangedBitOfARecordIsTold) {
  std::vector<std::byte> memory(2000);
  TraceWriter writer(memory);
  writer.reset();
  ASSERT_TRUE(writer.append(a_read()));
  ASSERT_TRUE(writer.append(a_read()));
  const std::size_t end = trace_header_size + static_cast<std::size_t>(writer.used());
  for (std::size_t at = trace_header_size; at < end; ++at)
    for (int bit = 0; bit < 8; ++bit) {
      std::vector<std::byte> copy = memory;
      copy[at] ^= static_cast<std::byte>(1 << bit);
      std::string damaged;
      read_trace(copy, &damaged);
      EXPECT_NE(damaged, "") << at;
    }
}

TEST(TraceFile, HowItEndedIsReadBehindDamage) {
  std::vector<std::byte> memory(2000);
  TraceWriter writer(memory);
  writer.reset();
  const EndObservation end{3, EndObservation::Kind::crash, "SIGSEGV", ""};
  for (const Observation& one : {Observation(a_read()), Observation(a_read()), Observation(end)})
    ASSERT_TRUE(writer.append(one));
  memory[trace_header_size + 20] ^= std::byte{1};
  EXPECT_EQ(read_trace(memory).records, Trace{end});
}

TEST(TraceFile, CanBeCutToWhatIsKnownToBeGood) {
  std::vector<std::byte> memory(2000);
  TraceWriter writer(memory);
  writer.reset();
  ASSERT_TRUE(writer.append(a_read()));
  const std::uint64_t good = writer.used();
  ASSERT_TRUE(writer.append(a_read()));
  memory[0] = std::byte{0xEE};
  EXPECT_EQ(writer.used(), UINT64_MAX);
  writer.cut(good);
  EXPECT_EQ(read_trace(memory).records, Trace{a_read()});
}

TEST(TraceFile, DamageEndsTheTraceAndIsTold) {
  std::vector<std::byte> memory(600);
  TraceWriter writer(memory);
  writer.reset();
  for (const Observation& o : one_of_each()) ASSERT_TRUE(writer.append(o));
  for (std::size_t at = 0; at < memory.size(); ++at) {
    for (const int value : {0, 1, 0x7F, 0xFF}) {
      std::vector<std::byte> copy = memory;
      copy[at] = static_cast<std::byte>(value);
      EXPECT_LE(read_trace(copy).records.size(), 600u);  // above all: no crash, no endless loop
    }
  }
  for (std::size_t size = 0; size < trace_header_size; ++size) {
    std::string damaged;
    EXPECT_TRUE(read_trace(std::span(memory).first(size), &damaged).records.empty());
    EXPECT_EQ(damaged, "no header");
  }
}

}  // namespace
}  // namespace mmio_cts
