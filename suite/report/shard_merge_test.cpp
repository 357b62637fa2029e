#include "suite/report/shard_merge.h"

#include <gtest/gtest.h>

#include "suite/report/console_report.h"
#include "suite/report/example_run_for_test.h"

namespace mmio_cts {
namespace {

using nlohmann::json;

/// The failing example as one run, and the reports of its shards. Traces of cases that passed are not told.
class ShardMerge : public testing::Test {
 protected:
  ShardMerge() : example_(failing_example()), suite_{"0.1.0", std::string(64, 'd'), "mmio-cts"} {
    example_.run.cases_digest = digest_of(example_.cases);
    for (int index = 1; index <= 3; ++index) reports_.push_back(report_of(index));
  }

  json report_of(int index) {
    CandidateRun part = example_.run;
    part.shard = Shard{index, 3};
    part.cases.clear();
    for (std::size_t i = static_cast<std::size_t>(index - 1); i < example_.run.cases.size(); i += 3)
      part.cases.push_back(example_.run.cases[i]);
    sum_up(part, example_.contract);
    return json::parse(to_text(report_json(part, example_.contract, suite_)));
  }

  tl::expected<MergedRun, Error> merged() {
    std::vector<ReportText> texts;
    for (std::size_t i = 0; i < reports_.size(); ++i)
      texts.push_back({"abc"[i] + std::string(".json"), reports_[i].dump()});
    return merge_shards(texts, example_.cases, example_.contract, suite_);
  }

  std::string refusal() {
    const auto run = merged();
    return run ? "merged" : to_string(run.error());
  }

  std::string without_volatile(const CandidateRun& run) {
    auto report = report_json(run, example_.contract, suite_);
    report.erase("volatile");
    return to_text(report);
  }

  Example example_;
  SuiteInfo suite_;
  std::vector<json> reports_;
};

TEST_F(ShardMerge, GivesTheRunOfAllCases) {
  std::swap(reports_[0], reports_[2]);
  const auto whole = merged();
  ASSERT_TRUE(whole) << to_string(whole.error());
  EXPECT_EQ(without_volatile(whole->run), without_volatile(example_.run));
  EXPECT_EQ(console_report(whole->run, example_.contract, false, "mmio-cts"),
            console_report(example_.run, example_.contract, false, "mmio-cts"));
}

TEST_F(ShardMerge, KeepsWhatIsVolatileOfEveryCase) {
  const auto whole = merged();
  ASSERT_TRUE(whole);
  for (std::size_t i = 0; i < example_.run.cases.size(); ++i) {
    const CaseRun& one = example_.run.cases[i];
    const bool was_run = one.judged.result.end != CaseEnd::skipped || !one.trace.empty();
    EXPECT_EQ(whole->run.cases[i].duration_us, was_run ? one.duration_us : 0) << one.judged.script->id;
  }
  EXPECT_EQ(whole->run.duration_us, 3 * example_.run.duration_us);
  EXPECT_EQ(whole->run.started_at, example_.run.started_at);
}

TEST_F(ShardMerge, IsInterruptedIfOneOfThemWas) {
  reports_[1]["shard"]["interrupted"] = true;
  const auto whole = merged();
  ASSERT_TRUE(whole);
  EXPECT_TRUE(whole->run.interrupted);
}

TEST_F(ShardMerge, NamesEverySystemThatItRanOn) {
  reports_[1]["host"]["runtime"] = "Linux 6.2";
  const auto whole = merged();
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->run.runtime, "Linux 6.1, Linux 6.2");
}

TEST_F(ShardMerge, SaysWhatWasInForceOnEverySystem) {
  reports_[1]["host"]["sandbox"]["mode"] = "none";
  reports_[1]["host"]["sandbox"]["file_writes"] = "unrestricted";
  reports_[1]["host"]["sandbox"]["limits"] = {{"cpu_seconds", 900}, {"memory_bytes", 1}};
  reports_[2]["host"]["sandbox"]["missing"] = {"something"};
  const auto whole = merged();
  ASSERT_TRUE(whole);
  const Containment expected = {SandboxMode::none,
                                "read-only mounts, Landlock; unrestricted",
                                "network namespace",
                                {std::chrono::seconds(900), 4096, std::nullopt, std::nullopt},
                                {"a limit to the number of processes: there is none for root", "something"}};
  EXPECT_EQ(whole->run.containment, expected);
}

TEST_F(ShardMerge, RefusesWhatIsNoReport) {
  reports_[1] = json::object();
  EXPECT_EQ(refusal().substr(0, 38), "b.json: no report of mmio-cts: member ");
  reports_[1] = reports_[0];
  reports_[1]["verdict"]["accepted"] = 1;
  EXPECT_EQ(refusal(), "b.json: /verdict/accepted: no report of mmio-cts: 1 is of the wrong type");
  const auto text = merge_shards({{"a.json", "{"}}, example_.cases, example_.contract, suite_);
  EXPECT_EQ(to_string(text.error()), "a.json: byte 2: not JSON");
}

TEST_F(ShardMerge, RefusesTheReportOfAWholeRun) {
  reports_[2].erase("shard");
  EXPECT_EQ(refusal(), "c.json: /shard: is missing: this is the report of a whole run");
}

TEST_F(ShardMerge, RefusesAMissingShardAndOneThatIsThereTwice) {
  const json second = reports_[1];
  reports_.erase(reports_.begin() + 1);
  EXPECT_EQ(refusal(), "b.json: /shard/of: shard 2 of 3 is missing");
  reports_ = {second};
  EXPECT_EQ(refusal(), "a.json: /shard/of: shard 1 of 3 is missing");
  reports_ = {report_of(1), second};
  EXPECT_EQ(refusal(), "b.json: /shard/of: shard 3 of 3 is missing");
  reports_ = {report_of(1), second, second};
  EXPECT_EQ(refusal(), "c.json: /shard/index: shard 2 is also in b.json");
}

TEST_F(ShardMerge, RefusesNumbersThatNoShardHas) {
  reports_[0]["shard"]["index"] = 0;
  EXPECT_EQ(refusal(), "a.json: /shard/index: 0 is no number of a shard");
  reports_[0]["shard"]["index"] = 4;
  EXPECT_EQ(refusal(), "a.json: /shard/index: there is no shard 4 of 3");
}

TEST_F(ShardMerge, RefusesShardsOfDifferentRuns) {
  const auto refusal_with = [&](const char* place, const json& value) {
    reports_[1] = report_of(2);
    reports_[1][json::json_pointer(place)] = value;
    return refusal();
  };
  const std::string of_another_run = ": is not as in a.json: these are no shards of one run";
  for (const char* place : {"/candidate/sha256", "/candidate/proc", "/suite/cases_digest"})
    EXPECT_EQ(refusal_with(place, "another"), std::string("b.json: ") + place + of_another_run);
  EXPECT_EQ(refusal_with("/verdict/edition", "web-2018"), "b.json: /verdict/edition" + of_another_run);
  EXPECT_EQ(refusal_with("/shard/of", 4), "b.json: /shard/of" + of_another_run);
  EXPECT_EQ(refusal_with("/capabilities/rename", true), "b.json: /capabilities/rename" + of_another_run);
}

TEST_F(ShardMerge, RefusesReportsOfAnotherSuite) {
  reports_[0]["suite"]["version"] = "0.2.0";
  EXPECT_EQ(refusal(), R"(a.json: /suite/version: "0.2.0" is not that of this program, "0.1.0")");
  reports_[0] = report_of(1);
  reports_[0]["suite"]["contract"]["digest"] = "another";
  EXPECT_EQ(refusal().substr(0, 34), "a.json: /suite/contract/digest: \"a");
}

TEST_F(ShardMerge, RefusesCasesThatAreNotThoseThatWereRun) {
  example_.cases.back().requirements = {"WF-09"};
  EXPECT_EQ(refusal().substr(0, 63), "a.json: /suite/cases_digest: the cases are not those that were ");
}

TEST_F(ShardMerge, RefusesOverlappingShards) {
  reports_[1]["shard"]["cases"][0] = reports_[0]["shard"]["cases"][0];
  EXPECT_EQ(refusal(), R"(b.json: /shard/cases/0/id: "general/keeps-members" is also in a.json)");
}

TEST_F(ShardMerge, RefusesWhatTheContractAndTheCasesDoNotKnow) {
  json& violation = reports_[0]["shard"]["cases"][0]["violations"][0];
  const std::string place = "a.json: /shard/cases/0/violations/0/";
  const json right = violation;
  violation["requirement"] = "WF-99";
  EXPECT_EQ(refusal(), place + "requirement: 'WF-99' is no requirement");
  violation = right;
  violation["code"] = "odd";
  EXPECT_EQ(refusal(), place + "code: 'odd' is no code of a finding");
  violation = right;
  violation["step"] = 2;
  EXPECT_EQ(refusal(), place + "step: the case has 2 steps");
}

}  // namespace
}  // namespace mmio_cts
