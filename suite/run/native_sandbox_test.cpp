// What only a native candidate can try, and what is in force where a system offers only a part.
#include <sys/un.h>

#include "suite/run/landlock_linux.h"
#include "suite/run/sandbox_for_test.h"

namespace mmio_cts {
namespace {

constexpr int version_that_scopes_signals = 6;

class NativeSandboxTest : public SandboxRunnerTest {
 protected:
  NativeSandboxTest() : SandboxRunnerTest(Abi::linux_x64) {}

  std::shared_ptr<LinuxSandbox> sandbox(bool with_namespaces = true, int landlock = landlock::version()) {
    return std::make_shared<LinuxSandbox>(wanted(), with_namespaces, landlock);
  }
};

TEST_F(NativeSandboxTest, LandlockAloneKeepsFilesAndTcp) {
  const auto only_landlock = sandbox(false);
  if (landlock::version() < landlock::version_with_tcp) {
    EXPECT_EQ(only_landlock->containment().network, "unrestricted");
    return expect_told(only_landlock->containment(), "a network of its own");
  }
  EXPECT_EQ(only_landlock->containment().file_writes, "Landlock");
  EXPECT_EQ(only_landlock->containment().network, "Landlock (TCP)");
  EXPECT_EQ(only_landlock->containment().missing.at(0),
            "folders for temporary files of its own: no network namespace");
  const FileElsewhere file;
  const ListeningSocket socket(SOCK_STREAM);
  EXPECT_TRUE(opens(only_landlock, "TinyFileProc", "a"));
  EXPECT_EQ(opens(only_landlock, "TinyFileProc", file.path()), file.path().string().starts_with("/tmp/"));
  EXPECT_FALSE(opens(only_landlock, "ConnectingProc", socket.port()));
}

TEST_F(NativeSandboxTest, NamespacesAloneDoToo) {
  const auto only_namespaces = sandbox(true, 0);
  if (!is_restricted(only_namespaces->containment().file_writes))
    return expect_told(only_namespaces->containment(), "a limit to where files are written");
  EXPECT_EQ(only_namespaces->containment().file_writes, "read-only mounts");
  const FileElsewhere file;
  const ListeningSocket socket(SOCK_STREAM);
  EXPECT_TRUE(opens(only_namespaces, "TinyFileProc", "a"));
  EXPECT_FALSE(opens(only_namespaces, "TinyFileProc", file.path()));
  EXPECT_FALSE(opens(only_namespaces, "ConnectingProc", socket.port()));
}

TEST_F(NativeSandboxTest, NoAbstractSocketOutsideIsReached) {
  const std::string name = "mmio-cts-sandbox-test-" + std::to_string(getpid());
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  name.copy(address.sun_path + 1, name.size());
  const Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  ASSERT_EQ(bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), size), 0);
  listen(socket.get(), 5);
  EXPECT_TRUE(opens(nullptr, "AbstractProc", name));
  const auto both = sandbox();
  if (both->containment().network != "network namespace")
    return expect_told(both->containment(), "a network of its own");
  EXPECT_FALSE(opens(both, "AbstractProc", name));
}

TEST_F(NativeSandboxTest, NoProcessOutsideGetsASignal) {
  const std::string own = std::to_string(getpid());
  EXPECT_TRUE(opens(nullptr, "SignallingProc", own));
  EXPECT_EQ(opens(sandbox(), "SignallingProc", own), landlock::version() < version_that_scopes_signals);
}

TEST_F(NativeSandboxTest, ProcessesAreLimitedUnlessTheUserIsRoot) {
  WorkerLimits limits;
  limits.processes = 100;
  const auto narrow = std::make_shared<LinuxSandbox>(wanted(limits), true, landlock::version());
  EXPECT_TRUE(opens(narrow, "MultiplyingProc", "3"));
  if (!narrow->containment().limits.processes)
    return expect_told(narrow->containment(), "the number of processes: there is none for root");
  // Each user may have as many as the whole system has, and these.
  EXPECT_FALSE(opens(narrow, "MultiplyingProc", "20000"));
}

}  // namespace
}  // namespace mmio_cts
