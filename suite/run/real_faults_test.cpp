// What is injected is true to life: a procedure answers the same to a store that really fails.
#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "suite/contract/error_code.h"
#include "suite/run/runner_for_test.h"

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;

/// Results and lDiskOffset of all messages of a run, one a line.
std::string answers(const Trace& trace) {
  std::string text;
  for (const Observation& observation : trace) {
    if (const auto* seen = std::get_if<MessageObservation>(&observation))
      text += fmt::format("{} at {}\n", seen->result, seen->disk_offset_after);
    if (const auto* seen = std::get_if<PrepareObservation>(&observation); seen && !seen->unavailable.empty())
      text += seen->unavailable + "\n";
    if (const auto* seen = std::get_if<EndObservation>(&observation)) text += seen->what + "\n";
  }
  return text;
}

class RealFaults : public RunnerTest {
 protected:
  RealFaults() : RunnerTest(tested_abi()) {}

  RunnerSettings reference(const std::string& procedure, const fs::path& scratch) const {
    RunnerSettings result = settings_for(abi_, procedure, scratch);
    result.library =
        result.library.parent_path() / (is_windows(abi_) ? "reference_proc.dll" : "reference_proc.so");
    return result;
  }

  std::string answers_of(const std::string& procedure, const std::string& steps) {
    Case instance = case_of("[" + steps + "]");
    instance.observes_os_calls = instance.injects_faults();
    return answers(CaseRunner(reference(procedure, scratch_)).run(instance));
  }

  /// Both references answer `messages` alike after either beginning.
  void expect_alike(const std::string& real, const std::string& injected, const std::string& messages) {
    for (const char* procedure : {"PlainFileProc", "BufferedFileProc"}) {
      const std::string expected = answers_of(procedure, real + "," + messages);
      EXPECT_EQ(answers_of(procedure, injected + "," + messages), expected) << procedure;
      EXPECT_NE(expected.find("-1 at"), std::string::npos) << expected;
    }
  }
};

TEST_F(RealFaults, AFullDisk) {
  expect_alike(
      R"({"prepare": "full_store", "name": "a"})",
      R"({"prepare": "file", "name": "a"}, {"fault": "write", "error": "disk_full", "lasting": true})",
      R"({"send": "OPEN", "name": "a", "flags": ["WRITE"]},
         {"send": "WRITE", "data": {"pattern": "ramp", "size": 10}},
         {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 20}},
         {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 0}},
         {"send": "SEEK", "offset": 0, "origin": "CUR"},
         {"send": "WRITE", "data": {"pattern": "ramp", "size": 9000}},
         {"send": "SEEK", "offset": 3, "origin": "SET"},
         {"send": "WRITE", "data": {"pattern": "ramp", "size": 5}},
         {"send": "CLOSE"})");
}

TEST_F(RealFaults, ADiskThatFillsUp) {
  expect_alike(R"({"prepare": "size_limit", "size": 40})",
               R"({"fault": "write", "error": "disk_full", "nth": 2, "lasting": true})",
               R"({"send": "OPEN", "name": "a", "flags": ["CREATE", "WRITE"]},
         {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 40}},
         {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 20}},
         {"send": "WRITE", "data": {"pattern": "ramp", "size": 20}},
         {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 0}},
         {"send": "CLOSE"})");
}

TEST_F(RealFaults, ADiskThatCannotBeRead) {
  expect_alike(R"({"prepare": "unreadable_store", "name": "a"})",
               R"({"prepare": "file", "name": "a", "content": {"pattern": "ramp", "size": 5000}},
         {"fault": "read", "error": "io_error", "lasting": true})",
               R"({"send": "OPEN", "name": "a", "flags": ["READ"]},
         {"send": "READ", "size": 10},
         {"send": "SEEK", "offset": 4, "origin": "SET"},
         {"send": "READ", "size": 3000},
         {"send": "CLOSE"})");
}

// Other systems than the native one have no such limit.
TEST_F(RealFaults, NoMoreOpenFiles) {
  if (is_windows(abi_)) GTEST_SKIP() << "a Windows process may open more files than a case can";
  std::string many = R"({"prepare": "file", "name": "a"})";
  for (int i = 0; i < 300; ++i)
    many += fmt::format(R"(, {{"send": "OPEN", "name": "a", "flags": ["READ"], "file": "{}"}})", i);
  const std::string all = answers_of("PlainFileProc", many);
  const std::string injected = answers_of("PlainFileProc", R"({"prepare": "file", "name": "a"},
      {"fault": "open", "error": "too_many_open_files"}, {"send": "OPEN", "name": "a", "flags": ["READ"]})");
  EXPECT_NE(injected, "0 at 0\n");
  EXPECT_TRUE(all.ends_with(injected)) << injected;
}

// A program cannot be written while some process runs it.
TEST_F(RealFaults, AFileThatIsInUse) {
  std::string program = settings("").worker.string();
  if (is_windows(abi_)) program = "Z:" + program;
  for (const char* procedure : {"PlainFileProc", "BufferedFileProc"}) {
    const std::string real =
        answers_of(procedure, R"({"send": "OPEN", "name": ")" + program + R"(", "flags": ["WRITE"]})");
    EXPECT_EQ(real, fmt::format("{} at 0\n", error_code::sharing_violation));
    EXPECT_EQ(answers_of(procedure, R"({"prepare": "file", "name": "a"},
        {"fault": "open", "error": "sharing_violation"}, {"send": "OPEN", "name": "a", "flags": ["WRITE"]})"),
              real);
  }
}

// For RENAME; OPEN says that it is no file, for which no fault stands.
TEST_F(RealFaults, ADirectoryInTheWay) {
  const std::string messages = R"({"send": "RENAME", "name": "old", "to": "new"},
      {"send": "OPEN", "name": "old", "flags": ["READ"]}, {"send": "READ", "size": 9}, {"send": "CLOSE"})";
  const std::string old_file =
      R"({"prepare": "file", "name": "old", "content": {"pattern": "ramp", "size": 5}}, )";
  const std::string real = answers_of(
      "PlainFileProc", old_file + R"({"prepare": "directory_in_the_way", "name": "new"}, )" + messages);
  EXPECT_EQ(real, fmt::format("{} at 0\n0 at 0\n5 at 5\n0 at 5\n", error_code::access_denied));
  EXPECT_EQ(
      answers_of("PlainFileProc", old_file + R"({"fault": "rename", "error": "access_denied"}, )" + messages),
      real);
}

/// A file system of its own for the calling process and its children, of so many bytes.
bool mount_small_disk(const fs::path& at, const char* size) {
  const auto uid = getuid(), gid = getgid();
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  std::ofstream("/proc/self/setgroups") << "deny";
  std::ofstream("/proc/self/uid_map") << "0 " << uid << " 1";
  std::ofstream("/proc/self/gid_map") << "0 " << gid << " 1";
  return mount("none", at.c_str(), "tmpfs", 0, (std::string("size=") + size).c_str()) == 0;
}

// The disk is 128 KiB, all but a page of it taken.
TEST_F(RealFaults, ASmallDiskThatIsReallyFull) {
  if (is_windows(abi_)) GTEST_SKIP() << "Wine's server is outside of the new namespace";
  constexpr int cannot_be_had = 77;
  const std::string messages = R"({"send": "OPEN", "name": "a", "flags": ["CREATE", "WRITE"]},
      {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 4096}},
      {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 100}},
      {"send": "SEEK", "offset": 0, "origin": "CUR"}, {"send": "CLOSE"})";
  for (const char* procedure : {"PlainFileProc", "BufferedFileProc"}) {
    const std::string injected = answers_of(
        procedure, R"({"fault": "write", "error": "disk_full", "nth": 2, "lasting": true}, )" + messages);
    const pid_t child = fork();
    if (child == 0) {
      if (!mount_small_disk(scratch_, "128k")) _exit(cannot_be_had);
      CaseRunner runner(reference(procedure, scratch_));
      // The first case makes the worker's own files; what is left is then known.
      runner.run(case_of(R"([{"send": "CLOSE"}])"));
      std::ofstream filler(scratch_ / "filler", std::ios::binary);
      const std::string page(4096, 'x');
      std::size_t pages = 0;
      while (filler.write(page.data(), 4096) && filler.flush()) ++pages;
      filler.close();
      fs::resize_file(scratch_ / "filler", (pages - 1) * 4096);
      const std::string real = answers(runner.run(case_of("[" + messages + "]")));
      if (real != injected) fmt::print(stderr, "injected:\n{}real:\n{}", injected, real);
      std::fflush(stderr);
      _exit(real == injected ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == cannot_be_had)
      GTEST_SKIP() << "no file system can be mounted here";
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << procedure;
  }
}

}  // namespace
}  // namespace mmio_cts
