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

/// In memory that the process of a case shares with the server: what it came to, empty while it runs.
struct Outcome {
  bool is_known;
  SessionEnd end;
};

/// A procedure that keeps descriptors runs out of them within a few hundred opens.
void allow_few_descriptors() {
  constexpr rlim_t most = 256;
  rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = std::min(limit.rlim_cur, most);
  setrlimit(RLIMIT_NOFILE, &limit);
}

[[noreturn]] void run_case_process(const BeginFrame& begin, Channel& channel, CaseTrace& trace,
                                   Outcome& outcome) {
  // The server may be killed while the procedure hangs.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  allow_few_descriptors();
  record_exits();
  const SessionEnd end = serve_case(begin, getpid(), channel, trace);
  outcome = {true, end};
  forget_exits();
  if (end == SessionEnd::ended || end == SessionEnd::module_stays) exit(0);
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

/// Tells of a case that left through `outcome` with the wait status `status`, unless it told all itself.
/// False if it could not be told.
bool report(Answers& answers, const Outcome& outcome, int status) {
  if (WIFSIGNALED(status)) return answers.send("exited", {{"signal", WTERMSIG(status)}});
  const int code = WEXITSTATUS(status);
  if (outcome.is_known && code == 0) {
    if (outcome.end == SessionEnd::load_failed) return true;
    if (outcome.end == SessionEnd::ended || outcome.end == SessionEnd::module_stays)
      return answers.send("ended", {{"module_stays", false}});
  }
  return answers.send("exited", {{"code", code}});
}

}  // namespace

int serve(Channel& channel, std::span<std::byte> memory) {
  const bool obeys = obey_permissions();
  signal(SIGXFSZ, SIG_IGN);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  void* shared = mmap(nullptr, sizeof(Outcome), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) return setup_failed;
  Outcome& outcome = *static_cast<Outcome*>(shared);

  if (!write_frame(channel, {{"started", {{"obeys_permissions", obeys}}}})) return 0;
  while (const auto frame = read_frame(channel)) {
    if (!frame->contains("begin")) continue;
    outcome = {};
    const BeginFrame begin = begin_frame_from(frame->at("begin"));
    Answers answers(channel, begin.number);
    CaseTrace trace(memory);
    const pid_t pid = fork();
    if (pid < 0) {
      answers.send("load_failed", {{"reason", "cannot fork"}, {"own_fault", true}});
      continue;
    }
    if (pid == 0) {
      record_crashes_in(trace);
      run_case_process(begin, channel, trace, outcome);
    }
    const int status = wait_for_end(pid, channel);
    end_leftover_processes();
    if (!report(answers, outcome, status)) break;
  }
  return 0;
}

}  // namespace mmio_cts
