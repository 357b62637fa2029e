// A run that is ended from outside: what it has seen is not lost.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "suite/cli/program_for_test.h"

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// Starts a run that keeps a journal in `folder`, ends it by `signal` when some cases are in there, and gives
/// its exit code; -1 if it has none.
int end_by(int signal, const fs::path& folder, const std::string& abi) {
  const std::string library = built_library("reference_proc", abi), journal = folder / "journal";
  const std::string report = "json:" + (folder / "report.json").string();
  const std::string program = MMIO_CTS_OUTPUT_ROOT "/bin/linux-x64/mmio-cts";
  const pid_t pid = fork();
  if (pid == 0) {
    if (freopen("/dev/null", "w", stderr) == nullptr) _exit(127);
    setenv("TMPDIR", folder.c_str(), 1);
    execl(program.c_str(), program.c_str(), "run", library.c_str(), "--proc", "PlainFileProc", "--resume",
          journal.c_str(), "--output", report.c_str(), "--jobs", "1", nullptr);
    _exit(127);
  }
  std::error_code none_there;
  constexpr std::uintmax_t some_cases = 10'000;  // bytes
  for (int i = 0; i < 60'000; ++i) {
    if (const auto size = fs::file_size(journal, none_there); !none_there && size > some_cases) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  kill(pid, signal);
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

json report_in(const fs::path& file) {
  json report = json::parse(read_file(file));
  report.erase("volatile");
  return report;
}

std::string run_of(const fs::path& folder, const std::string& abi, const std::string& options) {
  return "run " + built_library("reference_proc", abi) +
         " --proc PlainFileProc --output json:" + (folder / "report.json").string() + " " + options;
}

TEST(Resume, AfterAKillTheReportIsThatOfOneRun) {
  for (const std::string& abi : built_abis()) {
    const TemporaryFolder killed, whole;
    ASSERT_EQ(end_by(SIGKILL, killed.path(), abi), -1);
    const std::string journal = killed.path() / "journal";
    ASSERT_TRUE(fs::exists(journal));
    EXPECT_FALSE(fs::exists(killed.path() / "report.json"));
    const ProgramResult again = run_program(run_of(killed.path(), abi, "--resume " + journal));
    EXPECT_EQ(again.exit_code, 0);
    EXPECT_NE(again.err.find(" cases are done already"), std::string::npos) << again.err;
    EXPECT_FALSE(fs::exists(journal));
    ASSERT_EQ(run_program(run_of(whole.path(), abi, "")).exit_code, 0);
    EXPECT_EQ(report_in(killed.path() / "report.json"), report_in(whole.path() / "report.json")) << abi;
  }
}

TEST(Resume, SigtermLeavesAReportOfWhatWasDoneAndTheRestGoesOn) {
  const TemporaryFolder folder;
  ASSERT_EQ(end_by(SIGTERM, folder.path(), "linux-x64"), 130);
  const json partial = report_in(folder.path() / "report.json");
  EXPECT_EQ(partial.at("verdict").at("complete"), false);
  EXPECT_EQ(partial.at("verdict").at("conformant"), false);
  EXPECT_GT(partial.at("totals").at("pass"), 0);
  EXPECT_GT(partial.at("totals").at("skip"), 100) << "what did not run";
  const std::string journal = folder.path() / "journal";
  EXPECT_EQ(run_program(run_of(folder.path(), "linux-x64", "--resume " + journal)).exit_code, 0);
  EXPECT_EQ(report_in(folder.path() / "report.json").at("verdict").at("complete"), true);
}

TEST(Resume, RefusesAFileThatIsNoJournal) {
  const TemporaryFolder folder;
  const std::string file = folder.file("notes.txt", "important");
  const ProgramResult result = run_program(run_of(folder.path(), "linux-x64", "--resume " + file));
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(result.err, "mmio-cts: " + file +
                            ": is no journal of this version of mmio-cts; name another file, or remove it to "
                            "begin anew\n");
  EXPECT_EQ(read_file(file), "important");
}

}  // namespace
}  // namespace mmio_cts
