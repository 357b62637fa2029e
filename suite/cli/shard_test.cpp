// Neither the order of the cases nor how they are shared out changes what a report says.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "suite/cli/program_for_test.h"

namespace mmio_cts {
namespace {

using nlohmann::ordered_json;

struct Report {
  int exit_code = -1;
  std::string text;  ///< without "volatile"
};

Report report_by(const std::string& command) {
  const ProgramResult result = run_program(command + " --output json:-");
  ordered_json report = ordered_json::parse(result.out, nullptr, false);
  EXPECT_FALSE(report.is_discarded()) << command << "\n" << result.err;
  if (report.is_discarded()) return {result.exit_code, ""};
  report.erase("volatile");
  return {result.exit_code, report.dump(2)};
}

/// Runs every shard, each in another order, and merges what they report.
class Sharded : public testing::Test {
 protected:
  std::string merge_of(const std::string& run, int shards) {
    std::string merge = "merge";
    for (int i = 1; i <= shards; ++i) {
      const std::string file = (folder_.path() / (std::to_string(i) + ".json")).string();
      const std::string shard = " --shard " + std::to_string(i) + "/" + std::to_string(shards);
      const ProgramResult result =
          run_program(run + shard + " --seed " + std::to_string(i) + " --output json:" + file);
      shard_codes_.push_back(result.exit_code);
      shard_texts_.push_back(result.out);
      merge = "merge " + file + merge.substr(5);  // the last shard first
    }
    return merge;
  }

  void expect_the_same_in_every_way(const std::string& run, int exit_code) {
    const Report plain = report_by(run);
    EXPECT_EQ(plain.exit_code, exit_code);
    for (const char* options : {" --seed 7", " --jobs 2"}) {
      const Report other = report_by(run + options);
      EXPECT_EQ(other.exit_code, exit_code) << options;
      EXPECT_EQ(other.text, plain.text) << options;
    }
    const std::string merge = merge_of(run, 3);
    const Report merged = report_by(merge);
    EXPECT_EQ(merged.exit_code, exit_code);
    EXPECT_EQ(merged.text, plain.text);
    EXPECT_EQ(run_program(merge).out, run_program(run).out) << "the text is the same, too";
  }

  TemporaryFolder folder_;
  std::vector<int> shard_codes_;
  std::vector<std::string> shard_texts_;
};

const std::string defects = "run " + built_library("defects") + " --proc ";

TEST_F(Sharded, ACleanProcedureGivesTheSameReport) {
  expect_the_same_in_every_way("run " + built_library("reference_proc") + " --proc BufferedFileProc", 0);
  EXPECT_EQ(shard_codes_, (std::vector<int>{0, 0, 0}));
  for (const std::string& text : shard_texts_)
    EXPECT_NE(text.find("\nINCOMPLETE as a read-write procedure: shard "), std::string::npos) << text;
}

TEST_F(Sharded, ALostSignGivesTheSameReport) {
  expect_the_same_in_every_way(defects + "sign_loss", 1);
  EXPECT_NE(shard_texts_[0].find("  shard 1 of 3 only\n"), std::string::npos) << shard_texts_[0];
}

TEST_F(Sharded, ASweepGivesTheSameReport) {
  expect_the_same_in_every_way(defects + "sign_loss --sweep --filter 'sweep/*'", 1);
}

TEST_F(Sharded, AnIgnoredFlushGivesTheSameReport) {
  expect_the_same_in_every_way(defects + "flush_ignored", 1);
}

TEST_F(Sharded, ACrashGivesTheSameReport) {
  expect_the_same_in_every_way(
      "run " + built_library("test_procs") + " --proc CrashingProc --filter 'read/*'", 1);
}

// It is judged by its own content, which is not in the report.
TEST_F(Sharded, AProcedureWithContentOfItsOwnGivesTheSameReport) {
  const std::string run = "run " + built_library("own_content");
  EXPECT_EQ(report_by(merge_of(run, 2)).text, report_by(run).text);
}

TEST_F(Sharded, WhatAManifestSaysIsKept) {
  const std::string manifest = folder_.file(
      "proc.json",
      R"({"library": ")" + built_library("defects") +
          R"(", "procedure": "sign_loss", "names": "{name}", "capabilities": {"read": true}, "known_failures": [
      {"requirement": "WF-05", "reason": "is being mended", "expires": "2020-01-01"}]})");
  const std::string run = "run " + manifest + " --require rename,write";
  const Report plain = report_by(run);
  EXPECT_EQ(plain.exit_code, 5) << "it has expired";
  const Report merged = report_by(merge_of(run, 2));
  EXPECT_EQ(merged.exit_code, 5);
  EXPECT_EQ(merged.text, plain.text);
  EXPECT_EQ(shard_codes_, (std::vector<int>{0, 0})) << "whether it has expired the merge tells";
}

TEST_F(Sharded, WhetherEnoughWasTestedTheMergeTells) {
  const std::string run =
      "run " + built_library("reference_proc") + " --proc BufferedFileProc --filter open/begins-at-the-start";
  const int plain = run_program(run).exit_code;
  const std::string merge = merge_of(run, 5);
  EXPECT_EQ(run_program(merge).exit_code, plain);
  EXPECT_EQ(shard_codes_, (std::vector<int>{0, 0, 0, 0, 0})) << "most of them have no case";
}

void expect_refusal(const std::string& arguments, const std::string& message) {
  const ProgramResult result = run_program(arguments);
  EXPECT_EQ(result.exit_code, 2) << arguments;
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err, "mmio-cts: " + message + "\n");
}

TEST(Shard, OfAnotherFormIsRefused) {
  const std::string run = "run " + built_library("reference_proc") + " --proc PlainFileProc --shard ";
  for (const char* wrong : {"0/3", "4/3", "1", "1/", "/3", "-1/3", "1/3x", "a/b", "1/0"})
    expect_refusal(run + wrong,
                   std::string("--shard ") + wrong +
                       ": I/N is wanted, with an I from 1 to N: of three shards 1/3, 2/3 and 3/3");
}

TEST(Seed, ThatIsNoNumberIsRefused) {
  const ProgramResult result = run_program("run x.so --seed some");
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.err.find("--seed"), std::string::npos) << result.err;
}

TEST(Merge, OfWhatIsNoShardIsRefusedWithFileAndPlace) {
  const TemporaryFolder folder;
  const std::string missing = (folder.path() / "missing.json").string();
  expect_refusal("merge " + missing, missing + ": there is no report that can be read");
  const std::string empty = folder.file("empty.json", "");
  expect_refusal("merge " + empty, empty + ": byte 1: not JSON");
  const std::string whole = (folder.path() / "whole.json").string();
  run_program("run " + built_library("reference_proc") +
              " --proc PlainFileProc --filter 'open/*' --output json:" + whole);
  expect_refusal("merge " + whole, whole + ": /shard: is missing: this is the report of a whole run");
}

TEST(Merge, OfOtherCasesIsRefused) {
  const TemporaryFolder folder;
  const std::string report = (folder.path() / "1.json").string();
  run_program("run " + built_library("reference_proc") +
              " --proc PlainFileProc --filter 'open/*' --shard 1/1 --output json:" + report);
  folder.file("cases/open/a.json", R"({"title": "t", "requirements": ["OP-05"],
    "steps": [{"send": "OPEN", "name": "a", "flags": ["READ"]}]})");
  const ProgramResult result =
      run_program("merge " + report + " --cases " + (folder.path() / "cases").string());
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(result.err.find("mmio-cts: " + report + ": /suite/cases_digest: "), 0u) << result.err;
}

TEST(Merge, ThatCannotBeWrittenHasItsExitCode) {
  const TemporaryFolder folder;
  const std::string report = (folder.path() / "1.json").string();
  run_program("run " + built_library("reference_proc") +
              " --proc PlainFileProc --filter 'open/*' --shard 1/1 --output json:" + report);
  EXPECT_EQ(run_program("merge " + report + " --output json:" + folder.path().string()).exit_code, 6);
  EXPECT_EQ(run_program("merge " + report + " --output yaml:x").exit_code, 2);
}

}  // namespace
}  // namespace mmio_cts
