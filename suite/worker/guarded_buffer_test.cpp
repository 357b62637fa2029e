#include "suite/worker/guarded_buffer.h"

#include <gtest/gtest.h>

#include "suite/script/pattern.h"

namespace mmio_cts {
namespace {

TEST(GuardedBuffer, TellsHowFarItWasOverrun) {
  GuardedBuffer buffer;
  const auto bytes = buffer.prepare(10);
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
  const auto bytes = buffer.prepare(10);
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
    auto bytes = buffer.prepare(size);
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
  const auto bytes = buffer.prepare(10);
  buffer.spoil();
  for (std::size_t i = 0; i < bytes.size(); ++i) EXPECT_EQ(bytes[i], spoilt_byte(i));
  EXPECT_EQ(buffer.overrun(), 0);
}

TEST(HighMemory, LiesAbove4GiBWherePointersReachThatFar) {
  const HighMemory memory(100'000);
  EXPECT_EQ(memory.bytes().size(), 100'000u);
  if constexpr (sizeof(void*) == 8) {
    EXPECT_GT(reinterpret_cast<std::uintptr_t>(memory.bytes().data()), std::uintptr_t{1} << 32);
  }
}

}  // namespace
}  // namespace mmio_cts
