// What tests each requirement: how it is worked out, and that the page in suite/contract says the truth.
#include "suite/cli/traceability.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <regex>

#include "suite/cli/program_for_test.h"

namespace mmio_cts {
namespace {

using nlohmann::json;

const std::filesystem::path page_file =
    std::filesystem::path(MMIO_CTS_SOURCE_FOLDER) / "suite/contract/TRACEABILITY.md";

Case case_about(const std::string& id, const std::vector<std::string>& requirements) {
  Case one;
  one.id = id;
  one.requirements = requirements;
  return one;
}

const TracedRow& row_of(const std::vector<TracedRow>& rows, const std::string& id) {
  return *std::find_if(rows.begin(), rows.end(), [&](const TracedRow& one) { return one.row->id == id; });
}

json requirement_with_id(const json& rows, const std::string& id) {
  for (const json& row : rows)
    if (row.at("id") == id) return row;
  return json::object();
}

json listed(const std::string& options = "") {
  const ProgramResult result = run_program("list requirements --json " + options);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  return json::accept(result.out) ? json::parse(result.out) : json();
}

TEST(Traceability, NamesTheFileOfACaseOnceForAllItsInstances) {
  const Contract contract = Contract::embedded();
  const auto rows =
      trace_requirements(contract,
                         {case_about("write/b@size=2", {"WR-02", "WR-04"}),
                          case_about("write/b@size=4096", {"WR-02"}), case_about("write/a", {"WR-02"})},
                         {{"loses_bytes", "BufferedFileProc", {"WR-02", "WR-10"}, "", {}}});
  EXPECT_EQ(rows.size(), contract.requirements().size());
  EXPECT_EQ(row_of(rows, "WR-02").cases, (std::vector<std::string>{"write/a", "write/b"}));
  EXPECT_EQ(row_of(rows, "WR-04").cases, (std::vector<std::string>{"write/b"}));
  EXPECT_EQ(row_of(rows, "WR-10").defects, (std::vector<std::string>{"loses_bytes"}));
  EXPECT_TRUE(row_of(rows, "WR-10").cases.empty());
}

TEST(Traceability, SaysWhyARowNeedsNoCase) {
  Requirement row;
  row.level = Level::must;
  EXPECT_EQ(needs_no_case_because(row), "");
  EXPECT_EQ(why_no_case(row), "a gap: there is no case yet");
  row.tier = Tier::manager;
  EXPECT_TRUE(needs_no_case_because(row).starts_with("manager: "));
  row.tier = Tier::profile;
  row.level = Level::may;
  EXPECT_TRUE(needs_no_case_because(row).starts_with("may: "));
  row.level = Level::observed;
  EXPECT_TRUE(needs_no_case_because(row).starts_with("observed: "));
  row.umbrella = true;
  row.children = {"A-01", "A-02"};
  EXPECT_EQ(needs_no_case_because(row), "umbrella: the cases are about A-01 A-02");
  row.untestable = "it is out of reach";
  EXPECT_EQ(needs_no_case_because(row), "untestable: it is out of reach");
}

TEST(Traceability, EscapesWhatWouldEndACellOfThePage) {
  const Contract contract = Contract::parse(R"({"version": "1.2.3",
    "requirements": [{"id": "AB-01", "area": "a", "level": "must", "tier": "profile",
      "statement": "a|b", "source": "s", "check": "c"}],
    "areas": [{"id": "a", "title": "All"}], "source_keys": [], "contradictions": [], "rulings": []})");
  const auto rows = trace_requirements(contract, {case_about("read/x", {"AB-01"})}, {});
  const std::string page = traceability_page(contract, rows);
  EXPECT_NE(page.find("| **AB-01** a\\|b | must, profile | s | `read/x` |  |\n"), page.npos) << page;
  EXPECT_NE(page.find("Version 1.2.3"), page.npos) << page;
}

TEST(ListRequirements, ShowsCasesAndDefectsOfEachOrWhyItHasNoCase) {
  const json rows = listed();
  EXPECT_EQ(rows.size(), Contract::embedded().requirements().size());
  for (const json& row : rows) {
    EXPECT_EQ(row.at("cases").empty(), row.contains("why_no_case")) << row;
    for (const char* member : {"level", "tier", "message", "source", "statement", "children", "defects"})
      EXPECT_TRUE(row.contains(member)) << row;
  }
  const json lost_sign = requirement_with_id(rows, "WF-05");
  EXPECT_EQ(lost_sign.at("message"), "WRITEFLUSH");
  EXPECT_NE(lost_sign.at("cases").dump().find("\"writeflush/full-store-answers-minus-one\""),
            std::string::npos);
  EXPECT_NE(lost_sign.at("defects").dump().find("\"sign_loss\""), std::string::npos) << lost_sign;
}

TEST(ListRequirements, KnowsNoCaseAboutARowThatIsCalledUntestable) {
  std::size_t untestable = 0;
  const json rows = listed();
  const Contract contract = Contract::embedded();
  for (const Requirement& row : contract.requirements()) {
    if (row.untestable.empty()) continue;
    ++untestable;
    EXPECT_EQ(requirement_with_id(rows, row.id).value("why_no_case", ""), "untestable: " + row.untestable);
  }
  EXPECT_GT(untestable, 0u);
}

TEST(ListRequirements, CountsCasesAndDefectsInATable) {
  const json row = listed("--filter RD-04").at(0);
  const ProgramResult table = run_program("list requirements --filter RD-04");
  EXPECT_EQ(std::count(table.out.begin(), table.out.end(), '\n'), 1) << table.out;
  EXPECT_NE(table.out.find("  " + std::to_string(row.at("cases").size()) + " case"), std::string::npos)
      << table.out;
  EXPECT_NE(table.out.find("  " + std::to_string(row.at("defects").size()) + " defect"), std::string::npos)
      << table.out;
}

TEST(ListRequirements, WritesAPageOfRequirementsAlone) {
  for (const char* arguments : {"list cases --markdown", "list requirements --markdown --json",
                                "list requirements --markdown --filter RD-04"}) {
    const ProgramResult result = run_program(arguments);
    EXPECT_EQ(result.exit_code, 2) << arguments;
    EXPECT_NE(result.err.find("--markdown"), std::string::npos) << result.err;
    EXPECT_EQ(result.out, "");
  }
}

TEST(TraceabilityPage, IsAsTheProgramWritesItNow) {
  const ProgramResult result = run_program("list requirements --markdown");
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const char* approve = std::getenv("MMIO_CTS_APPROVE");
  if (approve != nullptr && std::string(approve) == "1") {
    std::ofstream(page_file, std::ios::binary) << result.out;
    return;
  }
  // The whole page in a message would hide the one line that tells what to do.
  EXPECT_TRUE(read_file(page_file) == result.out)
      << page_file << " is stale: cases, defects or the contract have changed. This writes it anew:\n"
      << "  MMIO_CTS_APPROVE=1 build/bin/linux-x64/cli_test --gtest_filter='TraceabilityPage.*'";
}

TEST(Describe, SaysOfAContradictionAndOfARulingWhatIsRuledAndWhy) {
  const std::string contradiction = run_program("describe X-01").out;
  for (const char* part : {"who says what: ", "our ruling: -1", "why: "})
    EXPECT_NE(contradiction.find(part), std::string::npos) << contradiction;
  EXPECT_NE(run_program("describe R-07").out.find("our ruling: CREATE truncates"), std::string::npos);
  EXPECT_NE(run_program("describe ABI-14").out.find("no case can test it: "), std::string::npos);
}

TEST(Version, NamesTheContractAsReportsDo) {
  const ProgramResult version = run_program("--version");
  EXPECT_EQ(version.exit_code, 0);
  const json contract = json::parse(run_program("run " + built_library("reference_proc") +
                                                " --proc PlainFileProc --filter 'open/*' --output json:-")
                                        .out)
                            .at("suite")
                            .at("contract");
  const std::string line = "contract " + contract.at("version").get<std::string>() + ", SHA-256 " +
                           contract.at("digest").get<std::string>() + "\n";
  EXPECT_TRUE(version.out.starts_with("mmio-cts ") && version.out.ends_with("\n" + line)) << version.out;
}

}  // namespace
}  // namespace mmio_cts
