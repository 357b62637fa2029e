#include "suite/worker/guarded_buffer.h"

#include <gtest/gtest.h>

#include "suite/script/pattern.h"

namespace mmio_cts {
namespace {

TEST(GuardedBuffer, TellsHowFarItWasOverrun) {
  GuardedBuffer buffer;
  const auto bytes = buffer.prepare(10, Touched::buffer);
  EXPECT_EQ(buffer.overrun(), 0);
  bytes.data()[-3] = 0;
  EXPECT_EQ(buffer.overrun(), -3);
  bytes.data()[10] = 0;
  EXPECT_EQ(buffer.overrun(), 1);
  bytes.data()[10 + GuardedBuffer::guard_after - 1] = 0;
  EXPECT_EQ(buffer.overrun(), static_cast<std::int64_t>(GuardedBuffer::guard_after));
}

TEST(GuardedBuffer, TellsTheFirstChange) {
  GuardedBuffer buffer;
  const auto bytes = buffer.prepare(10, Touched::buffer);
  EXPECT_EQ(buffer.first_change(0), -1);
  bytes[4] = 0;
  EXPECT_EQ(buffer.first_change(0), 4);
  EXPECT_EQ(buffer.first_change(4), 4);
  EXPECT_EQ(buffer.first_change(5), -1);
  EXPECT_EQ(buffer.first_change(10), -1);
}

TEST(GuardedBuffer, IsAsNewForTheNextMessage) {
  GuardedBuffer buffer;
  for (const std::size_t size : {1000, 10, 100'000, 0, 50}) {
    auto bytes = buffer.prepare(size, Touched::buffer);
    EXPECT_EQ(bytes.size(), size);
    EXPECT_EQ(buffer.overrun(), 0);
    EXPECT_EQ(buffer.first_change(0), -1);
    std::fill_n(bytes.data() - 5, size + 10, std::uint8_t{1});
    EXPECT_EQ(buffer.overrun(), 5);
  }
}

TEST(GuardedBuffer, IsSpoiltWithinItsBounds) {
  GuardedBuffer buffer;
  buffer.spoil();
  const auto bytes = buffer.prepare(10, Touched::buffer);
  buffer.spoil();
  for (std::size_t i = 0; i < bytes.size(); ++i) EXPECT_EQ(bytes[i], spoilt_byte(i));
  EXPECT_EQ(buffer.overrun(), 0);
}

class WithAGuardPage : public ::testing::TestWithParam<Guard> {};

TEST_P(WithAGuardPage, TellsWhatWasWrittenOnItsOtherSide) {
  GuardedBuffer buffer(GetParam());
  const auto bytes = buffer.prepare(10, Touched::buffer);
  EXPECT_EQ(buffer.overrun(), 0);
  EXPECT_EQ(buffer.first_change(0), -1);
  bytes.data()[GetParam() == Guard::behind ? -3 : 12] = 0;
  EXPECT_EQ(buffer.overrun(), GetParam() == Guard::behind ? -3 : 3);
}

TEST_P(WithAGuardPage, KnowsWhatAnAccessTouches) {
  GuardedBuffer buffer(GetParam());
  const auto first = buffer.prepare(5000, Touched::source);
  EXPECT_EQ(GuardedPages::find(first.data() + 5002, false),
            (TouchObservation{0, Touched::source, false, false, 3}));
  EXPECT_EQ(GuardedPages::find(first.data() - 1, true),
            (TouchObservation{0, Touched::source, true, false, -1}));
  buffer.make_read_only();
  EXPECT_EQ(GuardedPages::find(first.data(), true), (TouchObservation{0, Touched::source, true, false, 0}));
  buffer.spoil();
  EXPECT_EQ(GuardedPages::find(first.data(), false), (TouchObservation{0, Touched::source, false, true, 0}));
  EXPECT_EQ(GuardedPages::find(&buffer, false), TouchObservation{});
}

TEST_P(WithAGuardPage, GivesEachMessageMemoryOfItsOwn) {
  GuardedBuffer buffer(GetParam());
  const auto* last = buffer.prepare(5, Touched::buffer).data();
  for (int i = 0; i < 100; ++i) {
    buffer.spoil();
    const auto bytes = buffer.prepare(5, Touched::buffer);
    EXPECT_NE(bytes.data(), last);
    bytes[0] = 1;
    last = bytes.data();
  }
}

INSTANTIATE_TEST_SUITE_P(OnEachSide, WithAGuardPage, ::testing::Values(Guard::behind, Guard::before));

TEST(HighMemory, LiesAbove4GiBWherePointersReachThatFar) {
  const HighMemory memory(100'000);
  EXPECT_EQ(memory.bytes().size(), 100'000u);
  if constexpr (sizeof(void*) == 8) {
    EXPECT_GT(reinterpret_cast<std::uintptr_t>(memory.bytes().data()), std::uintptr_t{1} << 32);
  }
}

}  // namespace
}  // namespace mmio_cts
