#include "suite/script/parameters.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace mmio_cts {
namespace {

using nlohmann::json;

TEST(Parameters, WithoutAnyThereIsOneInstance) {
  const auto instances = expand(json{{"title", "a"}});
  ASSERT_EQ(instances.size(), 1u);
  EXPECT_EQ(instances[0].suffix, "");
  EXPECT_EQ(instances[0].document, (json{{"title", "a"}}));
}

TEST(Parameters, EveryCombinationIsAnInstance) {
  const auto instances = expand(
      json::parse(R"({"for": {"size": [2, 4096], "mode": ["READ", "WRITE"]}, "x": ["$size", "$mode"]})"));
  ASSERT_EQ(instances.size(), 4u);
  EXPECT_EQ(instances[0].suffix, "@mode=READ,size=2");
  EXPECT_EQ(instances[3].suffix, "@mode=WRITE,size=4096");
  EXPECT_EQ(instances[3].document, (json{{"x", {4096, "WRITE"}}}));
}

TEST(Parameters, CanBeUsedInSimpleArithmetic) {
  const auto instances = expand(json::parse(R"({"for": {"n": [10]}, "x": ["$n+1", "$n-20", "$n*3"]})"));
  EXPECT_EQ(instances[0].document.at("x"), (json{11, -10, 30}));
}

TEST(Parameters, ATextMayBeginWithADollarSign) {
  EXPECT_EQ(expand(json::parse(R"({"x": "$$n"})"))[0].document, (json{{"x", "$n"}}));
}

TEST(Parameters, AnUnknownOneOrArithmeticOnTextIsRefused) {
  EXPECT_THROW(expand(json::parse(R"({"for": {"n": [1]}, "x": "$m"})")), std::invalid_argument);
  EXPECT_THROW(expand(json::parse(R"({"for": {"n": ["a"]}, "x": "$n+1"})")), std::invalid_argument);
  EXPECT_THROW(expand(json::parse(R"({"for": {"n": [1]}, "x": "$n+m"})")), std::invalid_argument);
}

TEST(Parameters, WhatDoesNotFitIsRefused) {
  for (const char* sum : {"$n+1", "$n*2", "$m-2", "$m*2"})
    EXPECT_THROW(expand({{"for", {{"n", {INT64_MAX}}, {"m", {INT64_MIN + 1}}}}, {"x", sum}}),
                 std::invalid_argument)
        << sum;
}

}  // namespace
}  // namespace mmio_cts
