#include "suite/report/json_report.h"

#include <gtest/gtest.h>

#include "suite/report/example_run_for_test.h"
#include "suite/report/report_writer.h"
#include "suite/script/schema.h"

namespace mmio_cts {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

std::string report_of(const Example& example) {
  const SuiteInfo suite{"0.1.0", std::string(64, 'd'), "mmio-cts"};
  const std::string text = to_text(report_json(example.run, example.contract, suite));
  const auto violation = Schema(report_schema_text()).check(json::parse(text));
  EXPECT_FALSE(violation) << to_string(*violation);
  return text;
}

std::string without(const std::string& report, const std::vector<const char*>& members) {
  ordered_json document = ordered_json::parse(report);
  for (const char* member : members) EXPECT_EQ(document.erase(member), 1u) << member;
  return document.dump(2);
}

TEST(JsonReport, TellsAllOfAFailingRun) { expect_approved(report_of(failing_example()), "failing.json"); }

TEST(JsonReport, TellsAllOfAConformantRun) {
  expect_approved(report_of(conformant_example()), "conformant.json");
}

TEST(JsonReport, TellsOfAProcedureThatOpensNothing) {
  Example example = conformant_example();
  CandidateRun nothing;
  nothing.candidate = example.run.candidate;
  nothing.probed.opens = false;
  nothing.probed.open_error = "OPEN answered 259 (MMIOERR_CANNOTOPEN)";
  example.run = nothing;
  expect_approved(report_of(example), "opens_nothing.json");
}

TEST(JsonReport, SaysWhatIsNotWhole) {
  Example example = conformant_example();
  example.run.interrupted = true;
  const json report = json::parse(report_of(example));
  EXPECT_FALSE(report["verdict"]["conformant"]);
  EXPECT_FALSE(report["verdict"]["complete"]);
}

TEST(JsonReport, TellsEditionAndLevelOfAnotherReading) {
  Example example = failing_example();
  example.run.edition = Edition::web_2018;
  example.run.level = Level::should;
  const json report = json::parse(report_of(example));
  EXPECT_EQ(report["verdict"]["level"], "should");
  EXPECT_EQ(report["suite"]["contract"]["edition"], "web-2018");
  EXPECT_TRUE(std::string(report["candidate"]["replay"]).ends_with(" --edition web-2018"));
}

TEST(JsonReport, SaysThatThePublishedPagesLostTheMinusSign) {
  const json report = json::parse(report_of(failing_example()));
  for (const json& finding : report["findings"]) {
    if (finding["requirement"] != "WF-05") continue;
    EXPECT_NE(std::string(finding["why"]).find("lost the minus sign"), std::string::npos);
    EXPECT_EQ(finding["contradictions"][0]["id"], "X-01");
    return;
  }
  ADD_FAILURE() << "no finding of WF-05";
}

TEST(JsonReport, IsTheSameInASecondRunButForVolatile) {
  const std::string first = report_of(failing_example());
  Example example = failing_example();
  CandidateRun& run = example.run;
  run.started_at = "2025-01-01T00:00:00Z";
  run.duration_us = 1;
  run.jobs = 1;
  for (CaseRun& one : run.cases) {
    one.duration_us += 77;
    one.output = "otherwise";
    for (Observation& observation : one.trace) {
      if (auto* end = std::get_if<EndObservation>(&observation)) end->where = "at address 0x55";
      if (auto* seen = std::get_if<MessageObservation>(&observation))
        for (MemberChange& change : seen->changes) change.before = 0x66;
    }
  }
  const std::string second = report_of(example);
  EXPECT_NE(first, second);
  EXPECT_EQ(without(first, {"volatile"}), without(second, {"volatile"}));
}

TEST(JsonReport, IsTheSameOnAnotherAbiButForTheNamedParts) {
  const std::string first = report_of(failing_example());
  Example example = failing_example();
  CandidateRun& run = example.run;
  run.candidate.abi = Abi::windows_x86;
  run.candidate.library = "/elsewhere/abc.dll";
  run.candidate.procedure = "_AbcProc@16";
  run.candidate.format = "PE32";
  run.candidate.machine = "x86";
  run.candidate.sha256 = std::string(64, 'b');
  run.candidate.exports = {"_AbcProc@16"};
  run.runtime = "Wine 8.0 on Linux 6.1";
  CaseRun& crash = example.case_run("read/crashes");
  std::get<EndObservation>(crash.trace.back()).what = "access violation";
  crash.judged.result.reason = "access violation";
  crash.judged.result.violations.front().actual = "access violation";
  CaseRun& layout = example.case_run("general/layout-of-64-bit-processes");
  layout.judged.result = {};
  layout.judged.result.end = CaseEnd::skipped;
  layout.judged.result.reason = "not on this ABI: the layout differs with the width of a pointer";
  layout.trace.clear();
  example.summarize_again();

  const std::vector<const char*> named = {"candidate", "host", "per_abi", "volatile"};
  const std::string second = report_of(example);
  EXPECT_NE(without(first, {"volatile"}), without(second, {"volatile"}));
  EXPECT_EQ(without(first, named), without(second, named));
}

TEST(JsonReport, HasASchemaThatKnowsEveryMember) {
  const Schema schema(report_schema_text());
  const json report = json::parse(report_of(failing_example()));
  for (const char* place : {"", "/suite", "/candidate", "/host", "/verdict", "/totals", "/totals/must",
                            "/findings/0", "/findings/0/occurrences/0", "/requirements/0", "/cases/0",
                            "/per_abi", "/per_abi/cases/0/trace/0", "/volatile", "/volatile/cases/0"}) {
    json changed = report;
    changed[json::json_pointer(place)]["surplus"] = 1;
    EXPECT_TRUE(schema.check(changed)) << place;
  }
}

}  // namespace
}  // namespace mmio_cts
