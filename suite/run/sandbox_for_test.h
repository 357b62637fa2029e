#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>

#include <fstream>

#include "suite/run/runner_for_test.h"
#include "suite/run/sandbox_linux.h"
#include "suite/run/worker_process.h"

namespace mmio_cts {

/// A socket of this program on a port of this host, to which a candidate may try to send something.
class ListeningSocket {
 public:
  explicit ListeningSocket(int type) : socket_(::socket(AF_INET, type | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    EXPECT_EQ(bind(socket_.get(), generic, size), 0);
    if (type == SOCK_STREAM) listen(socket_.get(), 5);
    getsockname(socket_.get(), generic, &size);
    port_ = std::to_string(ntohs(address.sin_port));
  }
  const std::string& port() const { return port_; }

 private:
  Descriptor socket_;
  std::string port_;
};

/// A file in a folder that is neither a sandbox's nor one for temporary files.
class FileElsewhere {
 public:
  FileElsewhere() {
    std::filesystem::path folder = MMIO_CTS_OUTPUT_ROOT;
    const char* home = std::getenv("HOME");
    if (folder.string().starts_with("/tmp/") && home != nullptr) folder = home;
    path_ = folder / ("mmio-cts-sandbox-test-" + std::to_string(getpid()));
    std::filesystem::remove(path_);
  }
  ~FileElsewhere() { std::filesystem::remove(path_); }
  const std::filesystem::path& path() const { return path_; }
  bool exists() const { return std::filesystem::exists(path_); }

 private:
  std::filesystem::path path_;
};

/// Runs procedures of the library `test_sandbox_procs`.
class SandboxRunnerTest : public RunnerTest {
 protected:
  explicit SandboxRunnerTest(Abi abi) : RunnerTest(abi) {}

  Sandbox::Wanted wanted(const WorkerLimits& limits = {}) const {
    return {SandboxMode::automatic, scratch_, settings("").wine, limits};
  }

  /// `sandbox` may be null.
  RunnerSettings settings_in(const std::shared_ptr<Sandbox>& sandbox, const std::string& procedure) const {
    RunnerSettings result = settings(procedure);
    result.library.replace_filename(is_windows(abi_) ? "test_sandbox_procs.dll" : "test_sandbox_procs.so");
    result.sandbox = sandbox;
    if (sandbox) result.scratch_root = sandbox->folder();
    return result;
  }

  Trace open(const std::shared_ptr<Sandbox>& sandbox, const std::string& procedure, const std::string& name) {
    const nlohmann::json steps = {{{"send", "OPEN"}, {"name", name}, {"flags", {"CREATE", "READWRITE"}}}};
    return CaseRunner(settings_in(sandbox, procedure)).run(case_of(steps.dump()));
  }

  /// Whether OPEN answers 0.
  bool opens(const std::shared_ptr<Sandbox>& sandbox, const std::string& procedure, const std::string& name) {
    const Trace trace = open(sandbox, procedure, name);
    const auto* message = trace.empty() ? nullptr : std::get_if<MessageObservation>(&trace[0]);
    EXPECT_NE(message, nullptr) << std::get<EndObservation>(trace.at(0)).what;
    return message != nullptr && message->result == 0;
  }

  std::string name_of(const std::filesystem::path& file) const { return path_for_worker(abi_, file); }
};

/// What the containment lacks.
inline std::string missing(const Containment& containment) {
  std::string all;
  for (const std::string& one : containment.missing) all += (all.empty() ? "" : "; ") + one;
  return all;
}

inline bool is_restricted(const std::string& means) { return means != "unrestricted"; }

/// Where a system does not give what a test is about, `what` must be among what the containment lacks.
inline void expect_told(const Containment& containment, const std::string& what) {
  EXPECT_NE(missing(containment).find(what), std::string::npos) << missing(containment);
}

}  // namespace mmio_cts
