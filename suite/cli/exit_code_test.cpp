// Every row of the table of exit codes, shown by the program itself.
#include <gtest/gtest.h>

#include "suite/cli/program_for_test.h"

namespace mmio_cts {
namespace {

const std::string reference = built_library("reference_proc");
const std::string misbehaving = built_library("test_procs");
const std::string buffered = reference + " --proc BufferedFileProc";

bool has_one_line(const std::string& text) { return !text.empty() && text.find('\n') == text.size() - 1; }

// What is wrong with the input is told in one line of stderr, and nothing is written to stdout.
void expect_refusal(const std::string& arguments, int exit_code, std::initializer_list<const char*> parts) {
  const ProgramResult result = run_program(arguments);
  EXPECT_EQ(result.exit_code, exit_code) << result.err;
  EXPECT_EQ(result.out, "");
  EXPECT_TRUE(has_one_line(result.err)) << result.err;
  for (const char* part : parts)
    EXPECT_NE(result.err.find(part), std::string::npos) << part << "\n" << result.err;
}

TEST(ExitCode, ZeroIfConformant) {
  const ProgramResult result = run_program("run " + buffered);
  EXPECT_EQ(result.exit_code, 0) << result.out;
  EXPECT_NE(result.out.find("\nCONFORMANT as a read-write procedure: "), std::string::npos) << result.out;
}

TEST(ExitCode, OneIfNotConformant) {
  const ProgramResult result = run_program("run " + built_library("defects") + " --proc sign_loss");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.out.find("MUST WF-05"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("lost the minus sign"), std::string::npos) << result.out;
}

TEST(ExitCode, OneIfTheProcedureCrashes) {
  const ProgramResult result =
      run_program("run " + misbehaving + " --proc CrashingProc --filter 'open/begins-*'");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.out.find("SIGSEGV"), std::string::npos) << result.out;
}

TEST(ExitCode, TwoForWrongUsage) {
  expect_refusal("run " + buffered + " --no-such-option", 2, {"--no-such-option", "--help"});
  expect_refusal("run " + buffered + " --edition web-2019", 2, {"web-2019"});
  expect_refusal("run " + buffered + " --output yaml:x", 2, {"yaml", "json"});
  expect_refusal("walk", 2, {"walk"});
  expect_refusal(
      "run " + reference + " --proc PlainFileProc --proc BufferedFileProc --output json:/tmp/x.json", 2,
      {"several reports", "{proc}"});
  expect_refusal("describe WF-99", 2, {"WF-99", "list requirements"});
  expect_refusal("replay no/such-case " + buffered, 2, {"no/such-case", "list cases"});
}

TEST(ExitCode, TwoIfTheProcedureIsNotExportedWithTheNamesThereAre) {
  expect_refusal("run " + reference + " --proc BufferedFileProk", 2,
                 {"BufferedFileProk", "PlainFileProc", "did you mean 'BufferedFileProc'"});
}

TEST(ExitCode, TwoIfItCannotBeToldWhichExportIsTheProcedure) {
  expect_refusal("run " + reference, 2, {"PlainFileProc", "BufferedFileProc", "--proc"});
}

TEST(ExitCode, TwoForABrokenCaseWithFileAndPlace) {
  const TemporaryFolder folder;
  folder.file("read/bad.json",
              R"({"title": "t", "requirements": ["RD-04"], "steps": [{"send": "READ", "sise": 4}]})");
  expect_refusal("run " + buffered + " --cases " + folder.path().string(), 2,
                 {"read/bad.json: /steps/0: ", "sise"});
  folder.file("read/bad.json", "{");
  expect_refusal("run " + buffered + " --cases " + folder.path().string(), 2,
                 {"read/bad.json: byte 2: not JSON"});
  expect_refusal("run " + buffered + " --cases /no/such/folder", 2, {"/no/such/folder"});
}

TEST(ExitCode, ThreeIfTheCandidateCannotBeLoaded) {
  const TemporaryFolder folder;
  expect_refusal("run /no/such.dll", 3, {"/no/such.dll"});
  expect_refusal("run " + folder.file("text.dll", "not a library at all\n"), 3, {"text.dll", "linux-x64"});
  expect_refusal("run " + folder.file("empty.dll", ""), 3, {"empty.dll"});
  expect_refusal("run " + folder.path().string(), 3, {folder.path().c_str()});
  std::string arm = read_file(reference);
  arm[18] = '\xB7';  // e_machine: AArch64
  expect_refusal("run " + folder.file("arm.so", arm) + " --proc PlainFileProc", 3, {"arm.so", "AArch64"});
  expect_refusal(
      "run " + folder.file("cut.so", read_file(reference).substr(0, 700)) + " --proc PlainFileProc", 3,
      {"cut.so"});
}

TEST(ExitCode, ThreeIfALibraryThatItNeedsIsMissingWhichIsNamed) {
  expect_refusal("run " + built_library("test_incomplete_proc"), 3,
                 {"test_incomplete_proc.so", "test_needed_library.so"});
}

TEST(ExitCode, ThreeIfEveryOpenFails) {
  expect_refusal("run " + misbehaving + " --proc RefusingProc", 3,
                 {"RefusingProc", "every OPEN fails", "259"});
}

TEST(ExitCode, FourIfNothingWasTested) {
  expect_refusal("run " + buffered + " --filter no-such-case", 4, {"no case is selected", "list cases"});
  expect_refusal("selftest --filter no-such-case", 4, {"no case is selected", "list cases"});
  const ProgramResult only_open = run_program("run " + buffered + " --filter 'open/begins-*'");
  EXPECT_EQ(only_open.exit_code, 4) << only_open.out;
  EXPECT_EQ(only_open.out.find("\nCONFORMANT"), std::string::npos) << only_open.out;
}

TEST(ExitCode, SixIfAReportCannotBeWritten) {
  const TemporaryFolder folder;
  const std::string file = folder.file("file", "");
  expect_refusal("run " + buffered + " --output json:" + file + "/report.json", 6, {"report.json"});
  expect_refusal("run " + buffered + " --output json:" + folder.path().string(), 6, {folder.path().c_str()});
}

TEST(ExitCode, SixIfTheDiskIsFullAndNothingIsLeftBehind) {
  const ProgramResult result =
      run_program("run " + buffered + " --filter 'open/*' --output json:/dev/full/x");
  EXPECT_EQ(result.exit_code, 6) << result.err;
}

TEST(ExitCode, SeventyIfTheWorkerIsMissing) {
  const TemporaryFolder folder;
  const std::string program = folder.path() / "bin/linux-x64/mmio-cts";
  std::filesystem::create_directories(std::filesystem::path(program).parent_path());
  std::filesystem::copy_file(std::filesystem::path(MMIO_CTS_OUTPUT_ROOT) / "bin/linux-x64/mmio-cts", program);
  const std::string cases = folder.file("cases/a.json", R"({"title": "t", "requirements": ["RD-04"],
    "steps": [{"send": "READ", "size": 4}]})");
  const std::string command = program + " run " + buffered + " --cases " + folder.path().string() +
                              "/cases 2>" + folder.path().string() + "/err";
  const int status = std::system(command.c_str());
  EXPECT_EQ(WEXITSTATUS(status), 70);
  EXPECT_NE(read_file(folder.path() / "err").find("tools/build"), std::string::npos);
}

TEST(ExitCode, OfSeveralCandidatesTheGravestCounts) {
  const std::string sign_loss = built_library("defects") + " --proc sign_loss";
  const ProgramResult result =
      run_program("run " + built_library("defects") + " /no/such.so --proc sign_loss");
  EXPECT_EQ(result.exit_code, 3) << result.err;
  EXPECT_NE(result.out.find("WF-05"), std::string::npos) << "the one that can be judged is judged";
}

}  // namespace
}  // namespace mmio_cts
