#include "suite/run/case_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace mmio_cts {
namespace {

std::vector<Case> selection(int count) {
  std::vector<Case> cases(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < cases.size(); ++i) cases[i].id = std::string(1, static_cast<char>('a' + i));
  return cases;
}

std::string ids(const std::vector<const Case*>& cases) {
  std::string text;
  for (const Case* one : cases) text += one->id;
  return text;
}

TEST(Shard, TakesEveryNthCaseInTheirOrder) {
  const auto seven = selection(7);
  EXPECT_EQ(ids(cases_of(seven, Shard{1, 3})), "adg");
  EXPECT_EQ(ids(cases_of(seven, Shard{2, 3})), "be");
  EXPECT_EQ(ids(cases_of(seven, Shard{3, 3})), "cf");
  EXPECT_EQ(ids(cases_of(seven, Shard{1, 1})), "abcdefg");
  EXPECT_EQ(ids(cases_of(seven, std::nullopt)), "abcdefg");
}

TEST(Shard, IsEmptyWhereThereAreFewerCasesThanShards) {
  EXPECT_EQ(ids(cases_of(selection(2), Shard{3, 3})), "");
}

TEST(RunOrder, IsThatOfTheCasesWithoutASeed) {
  EXPECT_EQ(run_order(4, std::nullopt), (std::vector<std::size_t>{0, 1, 2, 3}));
}

TEST(RunOrder, HasEveryCaseOnceWhateverTheSeed) {
  for (const std::uint64_t seed : {0ull, 1ull, 7ull, ~0ull}) {
    const auto order = run_order(100, seed);
    EXPECT_EQ(std::set<std::size_t>(order.begin(), order.end()).size(), 100u) << seed;
    EXPECT_EQ(*std::max_element(order.begin(), order.end()), 99u) << seed;
    EXPECT_FALSE(std::is_sorted(order.begin(), order.end())) << seed;
  }
  EXPECT_TRUE(run_order(0, 7).empty());
}

// A seed that somebody reports must mean the same on another system.
TEST(RunOrder, IsWhatTheSeedHasAlwaysGiven) {
  EXPECT_EQ(run_order(8, 7), (std::vector<std::size_t>{2, 3, 5, 6, 1, 0, 4, 7}));
  EXPECT_NE(run_order(8, 8), run_order(8, 7));
}

TEST(DigestOfCases, ChangesWithAllThatAVerdictRestsOn) {
  const auto cases = selection(2);
  const std::string digest = digest_of(cases);
  EXPECT_EQ(digest_of(selection(2)), digest);
  const auto changed = [&](auto change) {
    auto other = cases;
    change(other.front());
    return digest_of(other);
  };
  EXPECT_NE(changed([](Case& one) { one.id = "x"; }), digest);
  EXPECT_NE(changed([](Case& one) { one.title = "x"; }), digest);
  EXPECT_NE(changed([](Case& one) { one.requirements = {"RD-04"}; }), digest);
  EXPECT_NE(changed([](Case& one) { one.needs = {Capability::rename}; }), digest);
  EXPECT_NE(changed([](Case& one) { one.abis = {Abi::linux_x64}; }), digest);
  EXPECT_NE(changed([](Case& one) { one.step_documents = {"{}"}; }), digest);
}

}  // namespace
}  // namespace mmio_cts
