#include <dlfcn.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <new>
#include <optional>

#include "suite/worker/case_session.h"
#include "suite/worker/process.h"
#include "suite/worker/server.h"

namespace mmio_cts {
namespace {

/// Root may write whatever the permission bits say; the procedure must not. True if they now hold.
bool obey_permissions() {
  __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, 2> sets = {};
  constexpr std::uint32_t override_bit = 1u << CAP_DAC_OVERRIDE;
  if (syscall(SYS_capget, &header, sets.data()) != 0) return false;
  if ((sets[0].effective & override_bit) == 0) return true;
  sets[0].effective &= ~override_bit;
  sets[0].permitted &= ~override_bit;
  sets[0].inheritable &= ~override_bit;
  return syscall(SYS_capset, &header, sets.data()) == 0;
}

/// In memory that the process of a case shares with the server. Neither is there from the beginning.
struct Outcome {
  std::optional<std::uint64_t> number;  ///< of the case that it has taken
  std::optional<SessionEnd> end;        ///< what that came to
  bool needs_cpp_runtime = false;
};

constexpr const char* cpp_runtime = "libstdc++.so.6";

/// A procedure that keeps descriptors runs out of them within a few hundred opens.
void allow_few_descriptors() {
  constexpr rlim_t most = 256;
  rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = std::min(limit.rlim_cur, most);
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// The process of the next case. It is made before the host asks for one, while that looks at what the last
/// one showed.
[[noreturn]] void run_case_process(Channel& channel, std::span<std::byte> memory, bool is_first,
                                   Outcome& outcome) {
  // The server may be killed while the procedure hangs.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  while (const auto frame = read_frame(channel)) {
    if (!frame->contains("begin")) continue;
    const BeginFrame begin = begin_frame_from(frame->at("begin"));
    outcome.number = begin.number;
    CaseTrace trace(memory);
    record_crashes_in(trace);
    record_exits();
    const SessionEnd end = serve_case(begin, getpid(), channel, trace);
    outcome.end = end;
    if (is_first) outcome.needs_cpp_runtime = dlopen(cpp_runtime, RTLD_LAZY | RTLD_NOLOAD) != nullptr;
    forget_exits();
    if (end == SessionEnd::ended || end == SessionEnd::module_stays) exit(0);
    break;
  }
  _exit(0);
}

/// The wait status of a case's process once it has ended. If the host goes away, a procedure that hangs would
/// keep it for ever.
int wait_for_end(pid_t pid, const Channel& channel) {
  constexpr int pause = 500;  // ms
  const int process = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
  pollfd polled = {process, POLLIN, 0};
  while (process >= 0 && poll(&polled, 1, pause) == 0)
    if (channel.is_abandoned()) kill(pid, SIGKILL);
  if (process >= 0) close(process);
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

/// Processes that the candidate started and left behind are children of the server by now.
void end_leftover_processes() {
  while (waitpid(-1, nullptr, WNOHANG) == 0) {
    std::ifstream children("/proc/self/task/" + std::to_string(gettid()) + "/children");
    pid_t pid = 0;
    while (children >> pid) kill(pid, SIGKILL);
    if (pid == 0) return;
    waitpid(-1, nullptr, 0);
  }
}

/// Tells that there is no process for the next case. False if there is none, or it could not be told.
bool refuse_case(Channel& channel) {
  while (const auto frame = read_frame(channel))
    if (frame->contains("begin"))
      return Answers(channel, begin_frame_from(frame->at("begin")).number)
          .send("load_failed", {{"reason", "cannot fork"}, {"own_fault", true}});
  return false;
}

/// Tells of a case that left through `outcome` with the wait status `status`, unless it told all itself.
/// False if it could not be told.
bool report(Answers& answers, const Outcome& outcome, int status) {
  if (WIFSIGNALED(status)) return answers.send("exited", {{"signal", WTERMSIG(status)}});
  const int code = WEXITSTATUS(status);
  if (outcome.end && code == 0) {
    if (outcome.end == SessionEnd::load_failed) return true;
    if (outcome.end == SessionEnd::ended || outcome.end == SessionEnd::module_stays)
      return answers.send("ended", {{"module_stays", false}});
  }
  return answers.send("exited", {{"code", code}});
}

}  // namespace

int serve(Channel& channel, std::span<std::byte> memory) {
  const bool obeys = obey_permissions();
  // What a fork inherits need not be done in each.
  allow_few_descriptors();
  prepare_to_record();
  signal(SIGXFSZ, SIG_IGN);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  void* shared = mmap(nullptr, sizeof(Outcome), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) return setup_failed;
  Outcome& outcome = *new (shared) Outcome;

  if (!write_frame(channel, {{"started", {{"obeys_permissions", obeys}}}})) return 0;
  for (bool is_first = true;; is_first = false) {
    outcome = {};
    const pid_t pid = fork();
    if (pid < 0) {
      if (!refuse_case(channel)) break;
      continue;
    }
    if (pid == 0) run_case_process(channel, memory, is_first, outcome);
    const int status = wait_for_end(pid, channel);
    end_leftover_processes();
    if (!outcome.number) {
      // Somebody has ended it before it took a case; or the host has no more of them.
      if (WIFSIGNALED(status)) continue;
      break;
    }
    // It is large, and all cases of a worker are about the same library: once it is loaded here each process
    // has it.
    if (outcome.needs_cpp_runtime) dlopen(cpp_runtime, RTLD_NOW);
    Answers answers(channel, *outcome.number);
    if (!report(answers, outcome, status)) break;
  }
  return 0;
}

}  // namespace mmio_cts
