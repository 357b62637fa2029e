#include "suite/judge/findings.h"

#include <gtest/gtest.h>

#include "suite/contract/message.h"
#include "suite/judge/summary.h"
#include "suite/script/case_reader.h"

namespace mmio_cts {
namespace {

const Contract contract = Contract::embedded();

/// `rows` as they stand between quotation marks.
Case about(const std::string& id, const std::string& rows) {
  const auto cases = read_cases(R"({"title": "t", "requirements": [")" + rows +
                                    R"("], "steps": [{"send": "CLOSE"}, {"send": "CLOSE"}]})",
                                id, id, contract);
  return cases->front();
}

JudgedCase judged(const Case& script, std::vector<Violation> violations) {
  JudgedCase one{&script, {}};
  one.result.violations = std::move(violations);
  return one;
}

Violation violation(const std::string& row, const std::string& about_row, std::uint32_t step = 0) {
  const bool of_content = row == "RD-11" || row == "CL-11";
  return {row, of_content ? "wrong_data" : "disk_offset_wrong", "x", "y", about_row, step};
}

std::string blamed(const std::vector<JudgedCase>& cases) {
  std::string text;
  for (const Finding& finding : attribute(contract, cases).findings)
    text += finding.requirement + ":" + std::to_string(finding.occurrences.size()) + " ";
  return text;
}

const Case plain = about("a/plain", "RD-11");
const Case special = about("b/special", "IP-10");
const Case also_special = about("b/also-special", "IP-10");
const Case reopening = about("b/reopening", "OP-26");
const Case advice = about("c/advice", "WF-10");

TEST(Attribution, BlamesTheBasicRowWhereItsOwnCasesFailToo) {
  EXPECT_EQ(
      blamed({judged(plain, {violation("RD-11", "RD-11")}), judged(special, {violation("RD-11", "IP-10")})}),
      "RD-11:2 ");
}

TEST(Attribution, BlamesWhatTheCaseAddsWhereTheBasicBehaviourIsRight) {
  EXPECT_EQ(blamed({judged(plain, {}), judged(special, {violation("RD-11", "IP-10")})}), "IP-10:1 ");
}

TEST(Attribution, BlamesWhatTheCaseIsAboutWhereNothingElseWasRun) {
  EXPECT_EQ(blamed({judged(special, {violation("RD-11", "IP-10")})}), "IP-10:1 ");
}

TEST(Attribution, AnyAnswerToAMessageSentAtOnceBreaksNoMust) {
  const Case at_once = about("b/at-once", "IP-20");
  const Violation lost_sign{"RD-06", "sign_loss", "x", "y", "IP-20", 0};
  EXPECT_EQ(blamed({judged(plain, {}), judged(at_once, {lost_sign})}), "IP-20:1 ");
  EXPECT_EQ(blamed({judged(plain, {lost_sign}), judged(at_once, {lost_sign})}), "RD-06:2 ");
}

TEST(Attribution, WhatFailsOnAnyOtherThreadIsNoFaultOfTwoAtOnce) {
  const Case other = about("b/other", "ABI-16"), at_once = about("b/at-once", "IP-20");
  EXPECT_EQ(blamed({judged(plain, {}), judged(other, {violation("RD-11", "ABI-16")}),
                    judged(at_once, {violation("RD-11", "IP-20")})}),
            "ABI-16:2 ");
}

TEST(Attribution, FindsOneCauseForWhatSeveralChecksNoticed) {
  EXPECT_EQ(blamed({judged(plain, {}), judged(special, {violation("RD-11", "IP-10")}),
                    judged(also_special, {violation("CL-11", "IP-10")})}),
            "IP-10:2 ");
}

TEST(Attribution, DoesNotBlameWhatMostlyWentWell) {
  EXPECT_EQ(blamed({judged(special, {}), judged(also_special, {violation("RD-11", "IP-10")}),
                    judged(plain, {violation("RD-11", "RD-11")})}),
            "RD-11:2 ");
}

TEST(Attribution, PutsAnAnswerThatIsWrongInItselfDownToItsOwnRow) {
  Violation lost_sign = violation("RD-06", "IP-10");
  lost_sign.code = "sign_loss";
  EXPECT_EQ(blamed({judged(special, {lost_sign}), judged(also_special, {violation("RD-11", "IP-10")})}),
            "IP-10:1 RD-06:1 ");
}

TEST(Attribution, PutsNothingDownToRowsThatTheAnswerAloneShows) {
  const Case width = about("d/width", "ABI-05"), member = about("e/member", "FI-01");
  EXPECT_EQ(blamed({judged(plain, {}), judged(width, {violation("RD-11", "ABI-05")}),
                    judged(member, {violation("RD-11", "FI-01")})}),
            "RD-11:2 ");
}

TEST(Attribution, WhatOneCaseCanPutDownToTheRowAloneIsItsCauseEverywhere) {
  EXPECT_EQ(blamed({judged(plain, {}), judged(special, {violation("RD-11", "IP-10")}),
                    judged(advice, {violation("RD-11", "WF-10")})}),
            "RD-11:2 ");
}

TEST(Attribution, NeverTurnsAMustIntoAShould) {
  EXPECT_EQ(blamed({judged(plain, {}), judged(advice, {violation("RD-11", "WF-10")})}), "RD-11:1 ");
}

TEST(Attribution, WhatFollowsInACaseMayBeAConsequence) {
  EXPECT_EQ(blamed({judged(reopening, {violation("RD-07", "OP-26"), violation("SK-09", "OP-26", 1)})}),
            "RD-07:1 ");
  EXPECT_EQ(blamed({judged(reopening, {violation("RD-07", "OP-26"), violation("SK-09", "OP-26", 1)}),
                    judged(plain, {violation("SK-09", "RD-11")})}),
            "RD-07:1 SK-09:2 ");
}

TEST(Attribution, AViolatedShouldHidesNoMust) {
  EXPECT_EQ(blamed({judged(reopening, {violation("US-05", "OP-26"), violation("RD-07", "OP-26", 1)})}),
            "RD-07:1 US-05:1 ");
}

TEST(Attribution, NeverBlamesWhatIsOnlyObservedOrMay) {
  EXPECT_EQ(blamed({judged(special, {violation("WR-14", "WR-14"), violation("RD-19", "RD-19")})}), "");
}

TEST(Attribution, GivesEachCaseItsVerdict) {
  JudgedCase crashed = judged(advice, {});
  crashed.result.end = CaseEnd::crash;
  const auto verdicts = attribute(contract, {judged(plain, {violation("RD-07", "RD-11")}),
                                             judged(special, {violation("US-05", "IP-10")}), crashed})
                            .verdicts;
  ASSERT_EQ(verdicts.size(), 3u);
  EXPECT_EQ(verdicts[0].verdict, Verdict::fail);
  EXPECT_EQ(verdicts[1].verdict, Verdict::warn);
  EXPECT_EQ(verdicts[2].verdict, Verdict::crash);
}

/// One case about `rows` in which `message` met a fault of the system.
std::string blamed_under_a_fault(const std::string& rows, std::uint32_t message, const Violation& noticed) {
  const Case one = about("f/fault", rows);
  JudgedCase case_with_fault = judged(one, {noticed});
  case_with_fault.result.faults[{message, FaultKind::disk_full}].injected = 1;
  return blamed({case_with_fault});
}

TEST(Attribution, OfSeveralRowsThatOfTheMessageWhichMetTheFaultIsTheCause) {
  const Violation noticed{"CL-11", "data_not_in_store", "x", "y", "WR-04", 1};
  for (const char* rows : {R"(WR-04", "WF-04)", R"(WF-04", "WR-04)"}) {
    EXPECT_EQ(blamed_under_a_fault(rows, message::write, noticed), "WR-04:1 ");
    EXPECT_EQ(blamed_under_a_fault(rows, message::write_flush, noticed), "WF-04:1 ");
  }
}

TEST(Attribution, ALossThatNobodyToldOfIsNoFaultOfReading) {
  const std::string rows = R"(RD-09", "WR-11", "WR-10)";
  const Violation loss{"CL-11", "loss_not_reported", "x", "y", "RD-09", 1};
  EXPECT_EQ(blamed_under_a_fault(rows, message::read, loss), "CL-11:1 ");
  const Violation damage{"CL-11", "wrong_data", "x", "y", "RD-09", 1};
  EXPECT_EQ(blamed_under_a_fault(rows, message::read, damage), "RD-09:1 ");
}

TEST(Summary, ARowPassesOnlyIfItWasPutToTheTest) {
  JudgedCase one = judged(plain, {});
  one.result.decided = {"RD-11", "RD-07"};
  const Summary summary =
      summarize(contract, CapabilitySet::of_plain_files(), {one}, attribute(contract, {one}), true);
  for (const RequirementVerdict& verdict : summary.requirements) {
    const bool decided =
        verdict.row->id == "RD-11" || verdict.row->id == "RD-07" || verdict.row->id == "IP-06";
    EXPECT_EQ(verdict.verdict, decided ? Verdict::pass : Verdict::skip) << verdict.row->id;
    EXPECT_EQ(verdict.reason.empty(), decided) << verdict.row->id;
  }
  EXPECT_FALSE(exercises_basics(summary, CapabilitySet::of_plain_files()));
}

}  // namespace
}  // namespace mmio_cts
