#include "suite/run/sandbox.h"

#include <gtest/gtest.h>

#include <fstream>

#include "suite/run/sandbox_for_test.h"

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;
using Kind = EndObservation::Kind;

class SandboxTest : public SandboxRunnerTest {
 protected:
  SandboxTest() : SandboxRunnerTest(tested_abi()) {}

  static void SetUpTestSuite() {
    folder_ = fs::temp_directory_path() / ("mmio-cts-sandbox-test-" + std::to_string(getpid()));
    fs::create_directory(folder_);
  }
  static void TearDownTestSuite() {
    sandbox_.reset();
    fs::remove_all(folder_);
  }

  const std::shared_ptr<Sandbox>& sandbox() {
    Sandbox::Wanted shared = wanted();
    shared.scratch_root = folder_;
    if (!sandbox_) sandbox_ = *Sandbox::make(shared);
    return sandbox_;
  }
  const Containment& containment() { return sandbox()->containment(); }

 private:
  // The cold start of a Wine of its own takes a while: most tests share one.
  static inline std::shared_ptr<Sandbox> sandbox_;
  static inline fs::path folder_;
};

// What is said to be missing where a system gives none of it: under Wine all hangs on the server.
const char* no_limit_to_files(Abi abi) {
  return is_windows(abi) ? "a Wine server of its own" : "a limit to where files are written";
}
const char* no_network(Abi abi) {
  return is_windows(abi) ? "a Wine server of its own" : "a network of its own";
}

TEST_F(SandboxTest, ACorrectProcedureNoticesNothing) {
  const Trace trace = CaseRunner(settings_in(sandbox(), "TinyFileProc")).run(case_of(R"([
    {"send": "OPEN", "name": "new.dat", "flags": ["CREATE", "READWRITE"]},
    {"send": "WRITEFLUSH", "data": {"pattern": "text", "text": "hello"}},
    {"inspect": "new.dat"},
    {"send": "CLOSE"}])"));
  ASSERT_EQ(trace.size(), 4u);
  EXPECT_EQ(std::get<MessageObservation>(trace[1]).result, 5);
  EXPECT_EQ(std::get<InspectObservation>(trace[2]).file.content, bytes("hello"));
}

TEST_F(SandboxTest, NothingIsWrittenElsewhere) {
  FileElsewhere file;
  if (!is_restricted(containment().file_writes)) return expect_told(containment(), no_limit_to_files(abi_));
  EXPECT_FALSE(opens(sandbox(), "TinyFileProc", name_of(file.path())));
  EXPECT_FALSE(file.exists());
}

TEST_F(SandboxTest, NorByWayOfAnotherProcess) {
  FileElsewhere file;
  if (!is_restricted(containment().file_writes)) return expect_told(containment(), no_limit_to_files(abi_));
  const fs::path detour = "/proc/" + std::to_string(getpid()) + "/root" + file.path().string();
  opens(sandbox(), "TinyFileProc", name_of(detour));
  EXPECT_FALSE(file.exists());
  EXPECT_TRUE(opens(nullptr, "TinyFileProc", name_of(detour)));
  EXPECT_TRUE(file.exists());
}

TEST_F(SandboxTest, WithoutASandboxItIs) {
  FileElsewhere file;
  EXPECT_TRUE(opens(nullptr, "TinyFileProc", name_of(file.path())));
  EXPECT_TRUE(file.exists());
}

TEST_F(SandboxTest, WhatIsWrittenInAFolderForTemporaryFilesIsSeenByNobody) {
  const fs::path file = "/tmp/mmio-cts-sandbox-test-file-" + std::to_string(getpid());
  if (containment().file_writes.find("mounts") == std::string::npos)
    return expect_told(containment(), is_restricted(containment().file_writes)
                                          ? "folders for temporary files of its own"
                                          : no_limit_to_files(abi_));
  EXPECT_TRUE(opens(sandbox(), "TinyFileProc", name_of(file)));
  EXPECT_FALSE(fs::exists(file));
  fs::remove(file);
}

TEST_F(SandboxTest, NobodyIsReachedByTcp) {
  const ListeningSocket socket(SOCK_STREAM);
  if (!is_restricted(containment().network)) return expect_told(containment(), no_network(abi_));
  EXPECT_FALSE(opens(sandbox(), "ConnectingProc", socket.port()));
  EXPECT_TRUE(opens(nullptr, "ConnectingProc", socket.port()));
}

TEST_F(SandboxTest, NobodyIsReachedByUdp) {
  const ListeningSocket socket(SOCK_DGRAM);
  if (containment().network != "network namespace") return expect_told(containment(), no_network(abi_));
  EXPECT_FALSE(opens(sandbox(), "SendingProc", socket.port()));
  EXPECT_TRUE(opens(nullptr, "SendingProc", socket.port()));
}

TEST_F(SandboxTest, AProgramThatIsStartedIsInItToo) {
  FileElsewhere file;
  if (!is_restricted(containment().file_writes)) return expect_told(containment(), no_limit_to_files(abi_));
  const std::string command = path_for_worker(abi_, "/bin/touch") + " " + file.path().string();
  for (int i = 0; i < 3; ++i) open(sandbox(), "StartingProc", command);
  EXPECT_FALSE(file.exists());
  // Wine does not wait for programs of this system: they may be ended together with the worker.
  for (int i = 0; i < 20 && !file.exists(); ++i) open(nullptr, "StartingProc", command);
  EXPECT_TRUE(file.exists());
}

TEST_F(SandboxTest, LimitsAreNamedAndHold) {
  WorkerLimits limits;
  limits.cpu = std::chrono::seconds(1);
  limits.file = std::int64_t{1} << 20;
  const auto narrow = *Sandbox::make(wanted(limits));
  EXPECT_EQ(narrow->containment().limits.cpu, limits.cpu);
  EXPECT_EQ(narrow->containment().limits.file, limits.file);

  const Trace out_of_time = open(narrow, "ComputingProc", "8000");
  ASSERT_EQ(out_of_time.size(), 1u);
  ASSERT_TRUE(std::holds_alternative<EndObservation>(out_of_time[0]));
  EXPECT_NE(std::get<EndObservation>(out_of_time[0]).what.find("CPU time limit of 1 s"), std::string::npos)
      << std::get<EndObservation>(out_of_time[0]).what;

  const Trace too_large = CaseRunner(settings_in(narrow, "TinyFileProc")).run(case_of(R"([
    {"send": "OPEN", "name": "new.dat", "flags": ["CREATE", "READWRITE"]},
    {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 2000000}},
    {"send": "CLOSE"}])"));
  ASSERT_GE(too_large.size(), 2u);
  EXPECT_LT(std::get<MessageObservation>(too_large[1]).result, 2000000);
}

TEST_F(SandboxTest, MemoryIsLimited) {
  WorkerLimits limits;
  limits.memory = std::int64_t{768} << 20;
  const auto narrow = *Sandbox::make(wanted(limits));
  if (!narrow->containment().limits.memory)
    return expect_told(narrow->containment(), "this program alone reserves more");
  const Trace out_of_memory = open(narrow, "AllocatingProc", "");
  ASSERT_EQ(out_of_memory.size(), 1u);
  ASSERT_TRUE(std::holds_alternative<EndObservation>(out_of_memory[0]));
  EXPECT_EQ(std::get<EndObservation>(out_of_memory[0]).kind, Kind::crash);
}

TEST_F(SandboxTest, ALimitThatThisProgramItselfExceedsIsLeftOutAndItSaysSo) {
  WorkerLimits limits;
  limits.memory = 1;
  const auto narrow = *Sandbox::make(wanted(limits));
  EXPECT_FALSE(narrow->containment().limits.memory);
  EXPECT_NE(missing(narrow->containment()).find("this program alone reserves more"), std::string::npos);
  EXPECT_TRUE(opens(narrow, "TinyFileProc", "a"));
}

TEST_F(SandboxTest, WithoutLimitsNoneIsMet) {
  EXPECT_TRUE(opens(sandbox(), "AllocatingProc", ""));
  EXPECT_TRUE(opens(sandbox(), "ComputingProc", "1500"));
}

TEST_F(SandboxTest, LeavesNoProcessAndNoFile) {
  fs::path folder;
  {
    const auto one = *Sandbox::make(wanted());
    folder = one->folder();
    open(one, "TinyFileProc", "a");
  }
  EXPECT_FALSE(fs::exists(folder));
  for (const auto& process : fs::directory_iterator("/proc")) {
    std::ifstream file(process.path() / "environ");
    const std::string environment{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(environment.find(folder.string()), std::string::npos) << process.path();
  }
}

TEST_F(SandboxTest, WhereASystemOffersNothingCasesRunAndItSaysSo) {
  const auto bare = std::make_shared<LinuxSandbox>(wanted(), false, 0);
  EXPECT_EQ(bare->containment().file_writes, "unrestricted");
  EXPECT_EQ(bare->containment().network, "unrestricted");
  EXPECT_FALSE(bare->containment().missing.empty());
  EXPECT_FALSE(bare->lacking().empty());
  EXPECT_TRUE(opens(bare, "TinyFileProc", "a"));
}

}  // namespace
}  // namespace mmio_cts
