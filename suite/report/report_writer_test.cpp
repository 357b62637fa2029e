#include "suite/report/report_writer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "suite/report/example_run_for_test.h"
#include "suite/report/replay_command.h"
#include "suite/report/text_layout.h"

namespace mmio_cts {
namespace {

TEST(ReportWriter, FindsEveryFormatByItsName) {
  for (const ReportFormat& format : report_formats()) EXPECT_EQ(find_report_format(format.name), &format);
  EXPECT_EQ(find_report_format("fax"), nullptr);
  EXPECT_EQ(report_format_names(), "json, text");
}

TEST(ReportWriter, WritesADocumentThatEndsInANewline) {
  const Example example = failing_example();
  for (const ReportFormat& format : report_formats()) {
    const std::string text = format.write(example.run, {example.contract, "0.1.0"});
    EXPECT_TRUE(text.ends_with("\n")) << format.name;
    EXPECT_EQ(text.find('\x1b'), text.npos) << format.name;
  }
}

TEST(ReportWriter, NamesTheContractByVersionAndDigest) {
  const Example example = failing_example();
  const std::string text = find_report_format("json")->write(example.run, {example.contract, "0.1.0"});
  const nlohmann::json contract = nlohmann::json::parse(text)["suite"]["contract"];
  EXPECT_EQ(contract["version"], Contract::embedded().version());
  const std::string digest = contract["digest"];
  EXPECT_EQ(digest.size(), 64u);
  EXPECT_EQ(digest.find_first_not_of("0123456789abcdef"), digest.npos);
}

TEST(ReplayCommand, QuotesWhatAShellWouldTakeApart) {
  CandidateRun run;
  run.candidate.library = "/it's here/a b.dll";
  run.candidate.procedure = "#3";
  EXPECT_EQ(replay_command(run, "mmio-cts", "read/sizes@size=4096"),
            "mmio-cts replay read/sizes@size=4096 '/it'\\''s here/a b.dll' --proc '#3'");
  run.candidate.library = "/x/abc.dll";
  run.candidate.procedure = "_IOProc@16";
  EXPECT_EQ(replay_template(run, "mmio-cts"), "mmio-cts replay {case} /x/abc.dll --proc _IOProc@16");
}

TEST(TextLayout, BreaksLinesAtTheWidthAndKeepsLongWordsWhole) {
  const std::string word(40, 'x');
  EXPECT_EQ(wrap(word + " " + word + " " + word, 4), word + " " + word + "\n    " + word);
  const std::string path(120, 'p');
  EXPECT_EQ(wrap("at " + path + " there", 2), "at\n  " + path + "\n  there");
  EXPECT_EQ(wrap("", 4), "");
}

}  // namespace
}  // namespace mmio_cts
