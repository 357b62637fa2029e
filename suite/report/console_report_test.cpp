#include "suite/report/console_report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "suite/report/example_run_for_test.h"
#include "suite/report/text_layout.h"

namespace mmio_cts {
namespace {

std::string console(const Example& example, bool colour = false) {
  return console_report(example.run, example.contract, colour, "mmio-cts");
}

TEST(ConsoleReport, TellsWhatToDoAboutAFailingRun) {
  expect_approved(console(failing_example()), "failing.txt");
}

TEST(ConsoleReport, MakesAWarningAFailureAtLevelShould) {
  Example example = failing_example();
  example.run.level = Level::should;
  expect_approved(console(example), "failing_at_level_should.txt");
}

TEST(ConsoleReport, MarksByColourIfAskedTo) {
  expect_approved(console(failing_example(), true), "failing_in_colour.txt");
}

TEST(ConsoleReport, IsShortForAConformantRun) {
  Example example = conformant_example();
  int number = 0;
  for (CaseRun& one : example.run.cases) {
    if (one.judged.script->requirements.front() != "SK-09" && number < 5) continue;
    one.judged.result.end = CaseEnd::skipped;
    one.judged.result.reason = "reason " + std::to_string(number++);
  }
  example.summarize_again();
  const std::string text = console(example);
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 8) << text;
  expect_approved(console(conformant_example()), "conformant.txt");
}

TEST(ConsoleReport, SaysWhenNothingWasTested) {
  Example example = conformant_example();
  for (CaseRun& one : example.run.cases) one.judged.result.decided.clear();
  example.summarize_again();
  expect_approved(console(example), "not_tested.txt");
}

TEST(ConsoleReport, SaysWhenItWasInterrupted) {
  Example example = conformant_example();
  example.run.interrupted = true;
  expect_approved(console(example), "interrupted.txt");
}

TEST(ConsoleReport, KeepsToItsWidthButForCommands) {
  std::istringstream lines(console(failing_example()));
  for (std::string line; std::getline(lines, line);)
    EXPECT_TRUE(line.size() <= text_width || line.find(" replay ") != line.npos) << line;
}

}  // namespace
}  // namespace mmio_cts
