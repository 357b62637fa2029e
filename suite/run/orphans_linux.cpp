#include "suite/run/orphans_linux.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace mmio_cts::orphans {
namespace {

namespace fs = std::filesystem;

std::mutex mutex;
bool adopts = false;
std::set<pid_t> workers;  // and what else is this program's own

/// Of any thread.
std::vector<pid_t> children() {
  std::vector<pid_t> found;
  std::error_code error;
  for (fs::directory_iterator thread("/proc/self/task", error), end; thread != end; thread.increment(error)) {
    std::ifstream file(thread->path() / "children");
    for (pid_t pid = 0; file >> pid;) found.push_back(pid);
  }
  return found;
}

/// Its loader, for 32 or 64 bits, and its server.
bool is_of_wine(pid_t pid) {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/" + std::to_string(pid) + "/exe", error);
  return program.filename().string().starts_with("wine");
}

}  // namespace

void adopt() {
  const std::lock_guard lock(mutex);
  if (std::exchange(adopts, true)) return;
  for (const pid_t own : children()) workers.insert(own);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
}

pid_t start_worker(const std::function<pid_t()>& start) {
  const std::lock_guard lock(mutex);
  const pid_t pid = start();
  if (pid > 0) workers.insert(pid);
  return pid;
}

void forget_worker(pid_t worker) {
  const std::lock_guard lock(mutex);
  workers.erase(worker);
}

void end_all() {
  const std::lock_guard lock(mutex);
  if (!adopts) return;
  // The children of those that are ended come next.
  for (bool more = true; more;) {
    more = false;
    for (const pid_t pid : children()) {
      if (workers.contains(pid) || is_of_wine(pid)) continue;
      kill(pid, SIGKILL);
      more = waitpid(pid, nullptr, 0) == pid || more;
    }
  }
}

}  // namespace mmio_cts::orphans
