// What --sandbox promises of the whole program, on systems that offer less, and where it is ended by force.
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "suite/cli/program_for_test.h"
#include "suite/cli/selftest/leftover.h"

namespace mmio_cts {
namespace {

using nlohmann::json;

/// From now on the calling thread, and what it starts, gets no namespaces and no Landlock, as in many
/// containers. False if that cannot be had.
bool forbid_what_sandboxes_need() {
  const auto refuse = [](std::uint32_t error) { return SECCOMP_RET_ERRNO | error; };
  const auto number = static_cast<std::uint32_t>(offsetof(seccomp_data, nr));
  std::array<sock_filter, 6> filter = {
      {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, number), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_unshare, 2, 0),
       BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_landlock_create_ruleset, 2, 0),
       BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW), BPF_STMT(BPF_RET | BPF_K, refuse(EPERM)),
       BPF_STMT(BPF_RET | BPF_K, refuse(ENOSYS))}};
  const sock_fprog program = {filter.size(), filter.data()};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

/// Runs the program in such a container.
ProgramResult run_in_container(const std::string& arguments) {
  ProgramResult result;
  std::thread([&] {
    if (forbid_what_sandboxes_need())
      result = run_program(arguments);
    else
      ADD_FAILURE() << "without seccomp no such container can be made";
  }).join();
  return result;
}

std::string a_few_cases(const std::string& abi) {
  return "run " + built_library("reference_proc", abi) + " --proc PlainFileProc --filter 'close/*' ";
}

TEST(SandboxOption, RequiredRefusesWithOneLineWhereASystemDoesNotGiveIt) {
  const ProgramResult native = run_in_container(a_few_cases("linux-x64") + "--sandbox required");
  EXPECT_EQ(native.exit_code, 70);
  EXPECT_EQ(native.out, "");
  EXPECT_EQ(native.err,
            "mmio-cts: --sandbox required: this system does not give a limit to where files are written: no "
            "Landlock, and no network namespace: unshare: Operation not permitted; --sandbox auto goes on "
            "without\n");
  if (built_abis().size() == 1) return;
  const ProgramResult wine = run_in_container(a_few_cases("windows-x64") + "--sandbox required");
  EXPECT_EQ(wine.exit_code, 70);
  EXPECT_EQ(
      wine.err,
      "mmio-cts: --sandbox required: this system does not give a Wine server of its own: the prefix cannot "
      "be given a view of its own (no network namespace: unshare: Operation not permitted); --sandbox auto "
      "goes on without\n");
}

TEST(SandboxOption, AutoGoesOnWithoutAndTheReportSaysSo) {
  for (const std::string& abi : built_abis()) {
    const ProgramResult result = run_in_container(a_few_cases(abi) + "--output json:-");
    ASSERT_TRUE(json::accept(result.out)) << result.err;
    const json report = json::parse(result.out);
    EXPECT_GT(report.at("totals").at("pass"), 0) << abi;
    EXPECT_EQ(report.at("totals").at("fail"), 0) << abi;
    const json& sandbox = report.at("host").at("sandbox");
    EXPECT_EQ(sandbox.at("mode"), "auto");
    EXPECT_EQ(sandbox.at("file_writes"), "unrestricted");
    EXPECT_EQ(sandbox.at("network"), "unrestricted");
    EXPECT_GT(sandbox.at("limits").at("cpu_seconds"), 0);
    EXPECT_NE(sandbox.at("missing").dump().find("unshare: Operation not permitted"), std::string::npos)
        << sandbox.at("missing");
  }
}

TEST(SandboxOption, NoneIsToldToo) {
  const ProgramResult result = run_program(a_few_cases("linux-x64") + "--sandbox none --output json:-");
  ASSERT_TRUE(json::accept(result.out)) << result.err;
  EXPECT_EQ(json::parse(result.out).at("host").at("sandbox"), (json{{"mode", "none"},
                                                                    {"file_writes", "unrestricted"},
                                                                    {"network", "unrestricted"},
                                                                    {"limits", json::object()},
                                                                    {"missing", json::array()}}));
}

TEST(SandboxOption, AProgramThatIsKilledLeavesNoWorker) {
  using namespace std::chrono_literals;
  for (const std::string& abi : built_abis()) {
    const TemporaryFolder folder;
    const std::string pid_file = folder.path() / "pid";
    // Long enough to be hanging when it is killed.
    const std::string command =
        "TMPDIR='" + folder.path().string() + "' '" MMIO_CTS_OUTPUT_ROOT "/bin/linux-x64/mmio-cts' run '" +
        built_library("test_procs", abi) +
        "' --proc HangingProc --timeout 60 >/dev/null 2>&1 </dev/null & echo $! >'" + pid_file + "'";
    ASSERT_EQ(std::system(command.c_str()), 0);
    pid_t pid = 0;
    std::ifstream(pid_file) >> pid;
    ASSERT_GT(pid, 0);
    std::vector<std::string> before;
    for (int i = 0; i < 30 && before.empty(); ++i) {
      std::this_thread::sleep_for(1s);
      before = processes_left_by(folder.path());
    }
    EXPECT_FALSE(before.empty()) << "none was there before";
    kill(pid, SIGKILL);
    EXPECT_EQ(processes_left_by(folder.path()), std::vector<std::string>{}) << abi;
  }
}

}  // namespace
}  // namespace mmio_cts
