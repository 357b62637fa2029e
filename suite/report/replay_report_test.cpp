#include "suite/report/replay_report.h"

#include <gtest/gtest.h>

#include "suite/report/example_run_for_test.h"

namespace mmio_cts {
namespace {

std::string replay(const std::string& id) {
  Example example = failing_example();
  return replay_text(example.case_run(id), example.contract, false);
}

TEST(ReplayReport, ShowsWhatIsWrongBelowItsStep) {
  expect_approved(replay("writeflush/on-a-full-store"), "replay_writeflush.txt");
}

TEST(ReplayReport, ShowsDataAndWhatElseAMessageChanged) {
  expect_approved(replay("read/moves-the-position"), "replay_read.txt");
}

TEST(ReplayReport, AlignsStepsOfARepeatWithTheOthers) {
  expect_approved(replay("read/short-at-the-end"), "replay_repeat.txt");
}

TEST(ReplayReport, ShowsMembersOnlyBecauseAPersonAsked) {
  expect_approved(replay("general/keeps-members"), "replay_member_changed.txt");
}

TEST(ReplayReport, ShowsWhereItCrashedAndWhatItPrinted) {
  expect_approved(replay("read/crashes"), "replay_crash.txt");
}

TEST(ReplayReport, SaysWhichStepsWereNotReached) { expect_approved(replay("read/hangs"), "replay_hang.txt"); }

TEST(ReplayReport, ShowsWhatWasAskedOfTheSystem) {
  Example example = failing_example();
  CaseRun& run = example.case_run("writeflush/on-a-full-store");
  using Kind = OsCallKind;
  std::get<MessageObservation>(run.trace[1]).os_calls = {
      {Kind::open, 0, -1, 0, 0, 2, false, "full.dat"}, {Kind::open, 1, -1, 0, 0, 0, false, "full.dat"},
      {Kind::truncate, 1, -1, 7, 0, 0, false, ""},     {Kind::rename, 0, -1, 0, 0, 0, false, "full.dat~"},
      {Kind::map, 1, 4096, 8192, 0, 0, false, ""},     {Kind::exec, 0, -1, 0, 0, 0, false, ""}};
  auto& sent = std::get<MessageObservation>(run.trace[3]);
  sent.os_calls = {{Kind::seek, 1, 0, -28, 100, 0, false, ""},
                   {Kind::write, 1, 100, 56, 0, 28, false, ""},
                   {Kind::flush, 1, -1, 0, 0, 0, false, ""}};
  sent.more_os_calls = 1200;
  expect_approved(replay_text(run, example.contract, false), "replay_os_calls.txt");
}

TEST(ReplayReport, SaysThatACasePassed) {
  expect_approved(replay("write/returns-the-bytes-written"), "replay_pass.txt");
}

TEST(ReplayReport, SaysWhyACaseWasSkipped) {
  expect_approved(replay("writeflush/on-an-unusual-store"), "replay_skip.txt");
}

TEST(ReplayReport, MarksByColourIfAskedTo) {
  Example example = failing_example();
  expect_approved(replay_text(example.case_run("writeflush/on-a-full-store"), example.contract, true),
                  "replay_in_colour.txt");
}

}  // namespace
}  // namespace mmio_cts
