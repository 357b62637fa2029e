#include "suite/judge/stock.h"

#include <gtest/gtest.h>

namespace mmio_cts {
namespace {

using Growth = std::vector<StockObservation>;

/// What is found as the process holds so much more from one interval to the next, of ten rounds each.
std::string found(const Growth& growth) {
  Stock stock;
  StockObservation now{0, 5, 1, 10'000, 1'000'000};
  std::string codes(stock.take(now, 10).value_or(""));
  for (const StockObservation& more : growth) {
    now.handles += more.handles;
    now.threads += more.threads;
    now.heap += more.heap;
    now.mapped += more.mapped;
    codes += stock.take(now, 10).value_or("");
  }
  return codes;
}

TEST(Stock, WhatGrowsWithEachRoundIsToldOnce) {
  EXPECT_EQ(found(Growth(5, {0, 10, 0, 0, 0})), "handle_leaked");
  EXPECT_EQ(found(Growth(3, {0, 0, 10, 0, 0})), "thread_leaked");
  EXPECT_EQ(found(Growth(3, {0, 0, 0, 80, 0})), "memory_leaked");
  EXPECT_EQ(found(Growth(3, {0, 0, 0, 0, 40'960})), "memory_leaked");
}

TEST(Stock, AHandleAndTheMemoryForItAreOneLeak) {
  EXPECT_EQ(found(Growth(3, {0, 10, 0, 500, 0})), "handle_leaked");
}

TEST(Stock, WhatComesToAStandOrGrowsNowAndThenIsKeptForUse) {
  EXPECT_EQ(found({{0, 10, 1, 5000, 40'960}, {0, 10, 0, 5000, 40'960}, {}, {}}), "");
  EXPECT_EQ(found({{0, 0, 0, 5000, 0}, {}, {0, 0, 0, 10'000, 0}, {}, {0, 0, 0, 20'000, 0}}), "");
  EXPECT_EQ(found(Growth(10, {0, 9, 9, 79, 40'959})), "");
}

TEST(Stock, FewerThanThreeIntervalsShowNothing) {
  EXPECT_EQ(found(Growth(2, {0, 10, 10, 1000, 100'000})), "");
}

TEST(Stock, AnotherProcessHoldsNothingOfThatBefore) {
  Stock stock;
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(stock.take({0, 100 * i, i, 0, 0}, 10), std::nullopt);
    if (i % 3 == 2) stock.forget();
  }
}

}  // namespace
}  // namespace mmio_cts
