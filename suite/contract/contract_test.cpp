#include "suite/contract/contract.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "suite/contract/mmioinfo_member.h"

namespace mmio_cts {
namespace {

TEST(Contract, HasEveryRowOnce) {
  const Contract contract = Contract::embedded();
  std::set<std::string> ids;
  for (const Requirement& r : contract.requirements()) EXPECT_TRUE(ids.insert(r.id).second) << r.id;
  EXPECT_EQ(ids.size(), 272u);
  EXPECT_EQ(contract.contradictions().size(), 22u);
  EXPECT_EQ(contract.rulings().size(), 14u);
}

TEST(Contract, HasASemanticVersion) {
  EXPECT_TRUE(std::regex_match(Contract::embedded().version(), std::regex("[0-9]+\\.[0-9]+\\.[0-9]+")))
      << Contract::embedded().version();
}

TEST(Contract, GivesAReasonForEveryRuling) {
  const Contract contract = Contract::embedded();
  for (const Contradiction& row : contract.contradictions()) {
    EXPECT_FALSE(row.sources.empty()) << row.id;
    EXPECT_FALSE(row.ruling.empty()) << row.id;
    EXPECT_FALSE(row.why.empty()) << row.id;
  }
}

TEST(Contract, HasARowThatEachContradictionIsAbout) {
  const Contract contract = Contract::embedded();
  std::set<std::string> named;
  for (const Requirement& r : contract.requirements())
    named.insert(r.contradictions.begin(), r.contradictions.end());
  for (const Contradiction& row : contract.contradictions()) EXPECT_TRUE(named.contains(row.id)) << row.id;
}

TEST(Contract, KnowsTheRulingAboutCreate) {
  const Contract contract = Contract::embedded();
  ASSERT_NE(contract.find_ruling("R-07"), nullptr);
  EXPECT_TRUE(contract.find_ruling("R-07")->ruling.starts_with("CREATE truncates"));
  EXPECT_EQ(contract.find_ruling("R-99"), nullptr);
}

TEST(Contract, KeepsTheRowsOfAnAreaTogetherAndGivesItATitle) {
  const Contract contract = Contract::embedded();
  std::vector<std::string> in_rows, titled;
  for (const Requirement& r : contract.requirements())
    if (in_rows.empty() || in_rows.back() != r.area) in_rows.push_back(r.area);
  for (const Area& area : contract.areas()) titled.push_back(area.id);
  EXPECT_EQ(in_rows, titled);
}

// What is called untestable is never put to the test: that must stay the exception.
TEST(Contract, CallsHardlyAnyRowUntestableAndNoneOfTheMessagesThatMoveData) {
  std::size_t rows = 0, untestable = 0;
  const Contract contract = Contract::embedded();
  for (const Requirement& r : contract.requirements()) {
    rows += asks_for_a_case(r);
    untestable += !r.untestable.empty();
    if (r.untestable.empty()) continue;
    EXPECT_TRUE(asks_for_a_case(r)) << r.id << " needs no case anyway";
    for (const char* message : {"READ", "WRITE", "WRITEFLUSH", "SEEK"}) EXPECT_NE(r.message, message) << r.id;
  }
  EXPECT_LE(untestable * 100, rows * 5) << untestable << " of " << rows;
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
