#include "suite/contract/contract.h"

#include <gtest/gtest.h>

#include <set>

#include "suite/contract/mmioinfo_member.h"

namespace mmio_cts {
namespace {

TEST(Contract, HasEveryRowOnce) {
  const Contract contract = Contract::embedded();
  std::set<std::string> ids;
  for (const Requirement& r : contract.requirements()) EXPECT_TRUE(ids.insert(r.id).second) << r.id;
  EXPECT_EQ(ids.size(), 269u);
  EXPECT_EQ(contract.contradictions().size(), 22u);
}

TEST(Contract, KnowsTheErrorOfWriteFlushAndWhoLostItsSign) {
  const Contract contract = Contract::embedded();
  const Requirement* row = contract.find("WF-05");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->level, Level::must);
  EXPECT_EQ(row->tier, Tier::procedure);
  EXPECT_EQ(row->message, "WRITEFLUSH");
  EXPECT_FALSE(row->umbrella);
  ASSERT_NE(contract.find_contradiction("X-01"), nullptr);
  EXPECT_EQ(contract.find("WF-99"), nullptr);
}

TEST(Contract, RefersOnlyToRowsThatExist) {
  const Contract contract = Contract::embedded();
  for (const Requirement& r : contract.requirements()) {
    for (const std::string& child : r.children) EXPECT_NE(contract.find(child), nullptr) << r.id;
    for (const std::string& id : r.contradictions)
      EXPECT_NE(contract.find_contradiction(id), nullptr) << r.id;
  }
}

TEST(Contract, KnowsWhichRowsFollowFromOthers) {
  const Contract contract = Contract::embedded();
  EXPECT_EQ(contract.find("WF-10")->follows_from, (std::vector<std::string>{"WF-01", "WF-04"}));
  EXPECT_EQ(contract.find("RD-08")->follows_from, (std::vector<std::string>{"RD-04", "RD-07"}));
  EXPECT_EQ(contract.find("OP-25")->follows_from, (std::vector<std::string>{"IP-10"}));
  EXPECT_TRUE(contract.find("WF-05")->follows_from.empty());
}

TEST(Contract, HasARowForEveryGuardedMember) {
  const Contract contract = Contract::embedded();
  for (const MemberRow& member : guarded_members)
    EXPECT_NE(contract.find(member.requirement), nullptr) << member.name;
}

}  // namespace
}  // namespace mmio_cts
