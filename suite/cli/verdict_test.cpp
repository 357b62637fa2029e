// What the whole program promises of the reference procedures and of sign_loss, on every ABI that is built.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "suite/cli/program_for_test.h"

namespace mmio_cts {
namespace {

using nlohmann::json;

json report_of(const std::string& stem, const std::string& procedure, const std::string& abi,
               const std::string& options = "") {
  const ProgramResult result =
      run_program("run " + built_library(stem, abi) + " --proc " + procedure + " --output json:- " + options);
  EXPECT_TRUE(json::accept(result.out)) << result.err;
  return json::accept(result.out) ? json::parse(result.out) : json();
}

std::vector<std::string> must_findings(const json& report) {
  std::vector<std::string> ids;
  for (const json& finding : report.at("findings"))
    if (finding.at("level") == "must") ids.push_back(finding.at("requirement"));
  return ids;
}

std::string verdict_on(const json& report, const std::string& id) {
  for (const json& row : report.at("requirements"))
    if (row.at("id") == id) return row.at("verdict");
  return "";
}

TEST(Verdict, OfTheReferencesIsTheSameOnEveryAbiToTheByte) {
  for (const char* procedure : {"PlainFileProc", "BufferedFileProc"}) {
    std::string first;
    for (const std::string& abi : built_abis()) {
      json report = report_of("reference_proc", procedure, abi);
      EXPECT_EQ(report.at("verdict").at("conformant"), true) << procedure << " on " << abi;
      EXPECT_EQ(report.at("candidate").at("abi"), abi);
      for (const char* member : {"candidate", "host", "volatile", "per_abi"}) report.erase(member);
      if (first.empty()) first = report.dump();
      EXPECT_EQ(report.dump(), first) << procedure << " on " << abi;
    }
  }
}

TEST(Verdict, OfAFormatWithAHeaderOfItsOwnAndALimitIsCleanWithoutAManifest) {
  for (const std::string& abi : built_abis()) {
    const json report = report_of("test_own_header_proc", "IOProc", abi, "--level should");
    EXPECT_EQ(report.at("verdict").at("conformant"), true) << abi;
    EXPECT_EQ(report.at("findings"), json::array()) << abi;
    ASSERT_EQ(report.at("not_judged").size(), 1u) << abi;
    EXPECT_EQ(report.at("not_judged")[0].at("capability"), "store") << abi;
  }
}

TEST(Verdict, OfALostSignShowsUnderAnInjectedDiskFull) {
  for (const std::string& abi : built_abis()) {
    const auto found = [&](const std::string& library, const std::string& procedure) {
      const json report =
          report_of(library, procedure, abi, "--filter writeflush/a-disk-that-is-full-from-now-on");
      const json& here = report.at("per_abi");
      EXPECT_EQ(here.at("totals").at("pass").get<int>() + here.at("totals").at("fail").get<int>(), 1) << abi;
      return must_findings(here);
    };
    EXPECT_EQ(found("reference_proc", "PlainFileProc"), std::vector<std::string>()) << abi;
    EXPECT_EQ(found("reference_proc", "BufferedFileProc"), std::vector<std::string>()) << abi;
    EXPECT_EQ(found("defects", "sign_loss"), std::vector<std::string>{"WF-05"}) << abi;
  }
}

TEST(Verdict, TwoRunsGiveTheSameBytesWhateverTheNumberOfJobs) {
  json one = report_of("defects", "sign_loss", "linux-x64", "--jobs 1");
  json two = report_of("defects", "sign_loss", "linux-x64", "--jobs 4");
  one.erase("volatile");
  two.erase("volatile");
  EXPECT_EQ(one.dump(), two.dump());
}

TEST(Verdict, OfALostSignIsWf05AndNothingElse) {
  for (const std::string& abi : built_abis()) {
    const json report = report_of("defects", "sign_loss", abi);
    EXPECT_EQ(report.at("verdict").at("conformant"), false) << abi;
    ASSERT_EQ(must_findings(report), (std::vector<std::string>{"WF-05"})) << abi;
    EXPECT_NE(report.at("findings")[0].dump().find("lost the minus sign"), std::string::npos) << abi;
  }
}

TEST(Verdict, ByThePagesSince2018TheLostSignIsRightAndTheReferenceWrong) {
  for (const std::string& abi : built_abis()) {
    EXPECT_EQ(verdict_on(report_of("defects", "sign_loss", abi, "--edition web-2018"), "WF-05"), "pass")
        << abi;
    EXPECT_EQ(verdict_on(report_of("reference_proc", "BufferedFileProc", abi, "--edition web-2018"), "WF-05"),
              "fail")
        << abi;
  }
}

TEST(Verdict, OfTheBufferedReferenceExercisesEveryMustRowThatHasACase) {
  std::set<std::string> with_case;
  const json rows = json::parse(run_program("list requirements --json").out);
  for (const json& row : rows)
    if (!row.at("cases").empty() && row.at("level") == "must")
      with_case.insert(row.at("id").get<std::string>());
  const json report = report_of("reference_proc", "BufferedFileProc", "linux-x64");
  std::vector<std::string> skipped;
  for (const json& row : report.at("requirements"))
    if (row.at("verdict") == "skip" && with_case.contains(row.at("id").get<std::string>()))
      skipped.push_back(row.at("id"));
  // Their layouts belong to one width of pointers each: they stand under per_abi.
  EXPECT_EQ(skipped, (std::vector<std::string>{"ABI-08", "ABI-09"}));
}

TEST(Selftest, CatchesEveryDefectBlamesNothingElseAndHasNoIdleCase) {
  const ProgramResult result = run_program("selftest --abi linux-x64 --idle");
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_NE(result.out.find("linux-x64"), std::string::npos) << result.out;
}

TEST(Selftest, FailsIfACaseIsMissingThatCatchesADefect) {
  const ProgramResult result = run_program("selftest --abi linux-x64 --filter 'read/*'");
  EXPECT_EQ(result.exit_code, 1) << result.out;
  EXPECT_NE(result.out.find("missed"), std::string::npos) << result.out;
}

TEST(Replay, ShowsEveryStepAndWhatIsWrongWithIt) {
  const ProgramResult result = run_program("replay writeflush/a-failure-leaves-the-position-true " +
                                           built_library("defects") + " --proc sign_loss");
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_NE(result.out.find("WF-05"), std::string::npos) << result.out;
}

}  // namespace
}  // namespace mmio_cts
