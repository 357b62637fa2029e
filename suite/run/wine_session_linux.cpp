#include "suite/run/wine_session_linux.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <future>
#include <vector>

#include "suite/run/orphans_linux.h"
#include "suite/run/worker_environment_linux.h"

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using std::chrono::seconds;

// On a busy machine; half a second is usual.
constexpr seconds start_patience{60};

// In the child, which shares the parent's memory.
[[noreturn, gnu::noinline]] void become(const SandboxEntry& entry, char* const* arguments,
                                        char* const* variables) {
  setpgid(0, 0);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int signal_number : {SIGINT, SIGTERM, SIGPIPE}) signal(signal_number, SIG_DFL);
  if (!entry.enter()) _exit(126);
  // After all that changes its rights, which would undo it. The server then ends all of Wine.
  prctl(PR_SET_PDEATHSIG, SIGINT);
  const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(nothing, standard);
  execve(arguments[0], arguments, variables);
  _exit(127);
}

pid_t start_program(std::vector<std::string> words, const fs::path& folder, const SandboxEntry& entry) {
  std::vector<std::string> environment = worker_environment(true, folder);
  const std::vector<char*> arguments = pointers_to(words), variables = pointers_to(environment);
  return orphans::start_worker([&] {
    const pid_t pid = vfork();
    if (pid == 0) become(entry, arguments.data(), variables.data());
    return pid;
  });
}

/// Sets `status` when it has.
bool has_ended(pid_t pid, int& status) {
  if (waitpid(pid, &status, WNOHANG) != pid) return false;
  orphans::forget_worker(pid);
  return true;
}

void end(pid_t pid) {
  kill(pid, SIGKILL);
  while (waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
  orphans::forget_worker(pid);
}

/// Asks `is_done` until it is, or the time is over.
template <typename Question>
bool wait_until(Question is_done) {
  const auto deadline = Clock::now() + start_patience;
  while (!is_done()) {
    if (Clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

fs::path wine_server_beside(const fs::path& wine) {
  const char* named = std::getenv("WINESERVER");
  std::vector<fs::path> candidates;
  if (named != nullptr && *named != '\0') candidates.emplace_back(named);
  for (const char* name : {"wineserver64", "wineserver", "wineserver32"})
    candidates.push_back(wine.parent_path() / name);
  for (const fs::path& candidate : candidates)
    if (access(candidate.c_str(), X_OK) == 0) return candidate;
  return "";
}

}  // namespace

fs::path wine_prefix() {
  const char* prefix = std::getenv("WINEPREFIX");
  if (prefix != nullptr && *prefix != '\0') return prefix;
  const char* home = std::getenv("HOME");
  return fs::path(home == nullptr ? "/" : home) / ".wine";
}

WineSession::WineSession(const std::string& wine, const fs::path& folder, const SandboxEntry& entry) {
  std::promise<void> started;
  // It lives as long as the server: the kernel tells a process of the end of the thread that started it.
  thread_ = std::thread([&, this] {
    why_not_ = start(wine, folder, entry);
    const pid_t server = server_;
    started.set_value();
    siginfo_t info;
    while (server > 0 && waitid(P_PID, static_cast<id_t>(server), &info, WEXITED | WNOWAIT) < 0 &&
           errno == EINTR) {
    }
  });
  started.get_future().wait();
}

WineSession::~WineSession() {
  if (server_ > 0) kill(server_, SIGKILL);
  thread_.join();
  if (server_ > 0) end(server_);
}

std::string WineSession::start(const std::string& wine, const fs::path& folder, const SandboxEntry& entry) {
  const fs::path program = wine_server_beside(wine);
  if (program.empty()) return "there is no wineserver beside " + wine;
  const pid_t server = start_program({program.string(), "-f", "-p"}, folder, entry);
  if (server < 0) return "no process can be made for Wine's server";
  int status = 0;
  bool ended = false;
  // It works in the directory of its socket.
  const std::string socket = "/proc/" + std::to_string(server) + "/cwd/socket";
  const bool listens =
      wait_until([&] { return (ended = has_ended(server, status)) || access(socket.c_str(), F_OK) == 0; });
  if (!listens && !ended) end(server);
  if (!listens || ended) return "Wine's server does not start";
  // Starts the services, without a pipe of anybody's in their hands, and nothing else: this is a third quicker.
  const pid_t boot = start_program({wine, "wineboot", "--init"}, folder, entry);
  if (boot > 0 && !wait_until([&] { return ended = has_ended(boot, status); })) end(boot);
  if (!ended || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    end(server);
    return "Wine does not start";
  }
  server_ = server;
  return "";
}

}  // namespace mmio_cts
