#include "suite/script/pattern.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace mmio_cts {
namespace {

Bytes spoilt(std::size_t size, std::size_t phase) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = spoilt_byte(phase + i);
  return bytes;
}

TEST(Pattern, SpoiltMemoryIsKnownWhereverItBegins) {
  for (std::size_t phase = 0; phase < 4; ++phase)
    for (const std::size_t size : {2, 3, 4, 100}) EXPECT_TRUE(is_spoilt(spoilt(size, phase), 0)) << size;
  EXPECT_TRUE(is_spoilt(spoilt(100, 1), 96));
  EXPECT_FALSE(is_spoilt(spoilt(100, 1), 98)) << "too little to be sure";
  EXPECT_FALSE(is_spoilt(spoilt(1, 0), 0));
}

TEST(Pattern, NothingThatACaseWritesIsSpoilt) {
  Bytes all = ramp(600);
  for (const std::uint8_t value : {0, 7, 252, 253, 254, 255}) {
    const Bytes part = bytes_from({{"pattern", "fill"}, {"value", value}, {"size", 20}});
    all.insert(all.end(), part.begin(), part.end());
  }
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_FALSE(is_spoilt(all, i)) << i;
}

TEST(Pattern, AsksForNoMoreThanACaseMay) {
  for (const std::int64_t size : {std::int64_t{-1}, std::int64_t{(64 << 20) + 1}, INT64_MAX, INT64_MIN}) {
    EXPECT_THROW(bytes_from({{"pattern", "ramp"}, {"size", size}}), std::invalid_argument) << size;
    EXPECT_THROW(bytes_from({{"pattern", "fill"}, {"value", 1}, {"size", size}}), std::invalid_argument)
        << size;
    EXPECT_THROW(bytes_from({{"pattern", "ramp"}, {"size", 1}, {"from", size}}), std::invalid_argument)
        << size;
  }
}

}  // namespace
}  // namespace mmio_cts
