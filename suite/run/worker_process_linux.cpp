#include <fcntl.h>
#include <linux/capability.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include "suite/run/descriptor_linux.h"
#include "suite/run/orphans_linux.h"
#include "suite/run/sandbox_linux.h"
#include "suite/run/worker_environment_linux.h"
#include "suite/run/worker_process.h"
#include "suite/worker/frame.h"

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

// Where the system cannot close all at once.
constexpr int most_inherited = 1024;

[[noreturn]] void fail(const char* call) {
  throw std::system_error(errno, std::generic_category(), std::string("cannot start a worker: ") + call);
}

struct Pipe {
  Descriptor read_end, write_end;
};

Pipe make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) fail("pipe");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

// In the child. It shares the parent's memory until it is another program: a fork would copy the page tables
// of all traces and cases, for each worker. So only calls that are safe whatever the parent's other threads
// were doing.
[[noreturn, gnu::noinline]] void become_worker(const char* capture, int commands, int answers,
                                               const SandboxEntry* entry, char* const* arguments,
                                               char* const* variables) {
  setpgid(0, 0);
  // A Windows worker cannot ignore it by itself; a write beyond `limit_file_size` is to fail with an error.
  signal(SIGXFSZ, SIG_IGN);
  signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  constexpr rlimit no_core = {0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  const int output = open(capture, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  dup2(commands, STDIN_FILENO);
  dup2(answers, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  if (entry != nullptr && !entry->enter()) _exit(126);
  // After all that changes its rights, which would undo it.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // What this program got from its own parent is no business of a candidate's.
  constexpr unsigned first = STDERR_FILENO + 1, close_on_exec = 4;
  if (syscall(SYS_close_range, first, ~0u, close_on_exec) != 0)
    for (int descriptor = first; descriptor < most_inherited; ++descriptor)
      fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  execve(arguments[0], arguments, variables);
  _exit(127);
}

/// Writes without ever getting SIGPIPE, whatever the caller's program does about that signal.
ssize_t write_quietly(int descriptor, std::span<const std::uint8_t> bytes) {
  sigset_t pipe_signal, before;
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
  const ssize_t count = write(descriptor, bytes.data(), bytes.size());
  const int error = errno;
  if (count < 0 && error == EPIPE) {
    constexpr timespec at_once = {};
    sigtimedwait(&pipe_signal, nullptr, &at_once);
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  errno = error;
  return count;
}

class LinuxWorkerProcess : public WorkerProcess {
 public:
  LinuxWorkerProcess(pid_t pid, Descriptor to, Descriptor from, Descriptor process)
      : pid_(pid), to_(std::move(to)), from_(std::move(from)), process_(std::move(process)) {}
  ~LinuxWorkerProcess() override { kill(); }

  std::int64_t pid() const override { return pid_; }

  void send(const std::vector<nlohmann::json>& frames) override {
    for (const nlohmann::json& frame : frames) {
      const Bytes bytes = encode_frame(frame);
      outgoing_.insert(outgoing_.end(), bytes.begin(), bytes.end());
    }
    write_some();
  }

  Received receive(std::chrono::milliseconds longest) override {
    const auto deadline = Clock::now() + longest;
    for (;;) {
      if (auto frame = incoming_.next()) return {Received::Kind::frame, std::move(*frame)};
      if (incoming_.broken()) return {Received::Kind::no_frame, {}};
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
      std::array<pollfd, 3> polled = {{{from_.get(), POLLIN, 0},
                                       {process_.get(), POLLIN, 0},
                                       {outgoing_.empty() ? -1 : to_.get(), POLLOUT, 0}}};
      const int count = poll(polled.data(), polled.size(), static_cast<int>(std::max<std::int64_t>(left, 0)));
      if (count == 0) return {};
      if (polled[2].revents != 0) write_some();
      if (polled[0].revents != 0 && read_some()) continue;
      // Only now: frames that were sent before the end come first. The pipe may stay open longer than its
      // process lives, in the hands of processes that it started; and be closed while it still lives.
      if (polled[1].revents != 0) return {Received::Kind::gone, {}};
      if (polled[0].revents != 0) from_ = Descriptor();
      if (from_.get() < 0 && process_.get() < 0) return {Received::Kind::gone, {}};
    }
  }

  Exit kill() override {
    if (pid_ < 0) return exit_;
    ::kill(-pid_, SIGKILL);
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    orphans::forget_worker(pid_);
    orphans::end_all();
    pid_ = -1;
    exit_ = WIFSIGNALED(status) ? Exit{true, WTERMSIG(status)} : Exit{false, WEXITSTATUS(status)};
    return exit_;
  }

 private:
  bool read_some() {
    std::array<std::uint8_t, 4096> bytes;
    const ssize_t count = read(from_.get(), bytes.data(), bytes.size());
    if (count > 0) incoming_.add(std::span(bytes).first(static_cast<std::size_t>(count)));
    return count > 0 || (count < 0 && errno == EINTR);
  }

  void write_some() {
    while (!outgoing_.empty()) {
      const ssize_t count = write_quietly(to_.get(), outgoing_);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0 && errno == EAGAIN) return;
      // A worker that takes no more commands will soon be gone, or silent.
      outgoing_.erase(outgoing_.begin(), count < 0 ? outgoing_.end() : outgoing_.begin() + count);
    }
  }

  pid_t pid_;
  Exit exit_;
  Descriptor to_, from_, process_;
  Bytes outgoing_;
  FrameAssembler incoming_{largest_answer};
};

}  // namespace

std::unique_ptr<WorkerProcess> WorkerProcess::start(const WorkerCommand& command) {
  const bool wine = !command.wine.empty();
  std::vector<std::string> words;
  if (wine) words.push_back(command.wine);
  words.push_back(command.program.string());
  for (const auto& file : {command.trace, command.capture})
    words.push_back(wine ? path_for_worker(Abi::windows_x64, file) : file.string());
  const fs::path folder = command.trace.parent_path();
  std::vector<std::string> environment = worker_environment(wine, folder);
  const std::vector<char*> arguments = pointers_to(words), variables = pointers_to(environment);
  Pipe commands = make_pipe(), answers = make_pipe();

  const auto* sandbox = static_cast<const LinuxSandbox*>(command.sandbox);
  SandboxEntry entry;
  if (sandbox != nullptr) entry = sandbox->entry();
  if (!wine) orphans::adopt();
  const pid_t pid = orphans::start_worker([&] {
    const pid_t started = vfork();
    if (started == 0)
      become_worker(command.capture.c_str(), commands.read_end.get(), answers.write_end.get(),
                    sandbox != nullptr ? &entry : nullptr, arguments.data(), variables.data());
    return started;
  });
  if (pid < 0) fail("vfork");
  setpgid(pid, pid);
  // In pidfd_open lies the only way to wait for a process and a pipe at once.
  Descriptor process(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
  auto worker = std::make_unique<LinuxWorkerProcess>(pid, std::move(commands.write_end),
                                                     std::move(answers.read_end), std::move(process));
  return worker;
}

std::string path_for_worker(Abi abi, const std::filesystem::path& path) {
  std::string text = std::filesystem::absolute(path).string();
  if (!is_windows(abi)) return text;
  std::replace(text.begin(), text.end(), '/', '\\');
  return "Z:" + text;
}

std::string why_it_waits(std::int64_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string stat;
  std::getline(file, stat);
  // Behind the name, which may have anything in it: ") T ..."
  const std::size_t end_of_name = stat.rfind(')');
  const bool is_stopped = end_of_name != std::string::npos && stat.substr(end_of_name, 3) == ") T";
  return is_stopped ? ", as its process is stopped" : "";
}

std::string signal_name(int signal) {
  const char* name = sigabbrev_np(signal);
  return name != nullptr ? std::string("SIG") + name : "signal " + std::to_string(signal);
}

std::string limit_behind(int signal, const WorkerLimits& limits) {
  if (signal != SIGXCPU || !limits.cpu) return "";
  return "CPU time limit of " + std::to_string(limits.cpu->count()) + " s";
}

bool permissions_are_overridden() {
  __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, 2> sets = {};
  return syscall(SYS_capget, &header, sets.data()) == 0 &&
         (sets[0].effective & (1u << CAP_DAC_OVERRIDE)) != 0;
}

std::string limit_file_size(std::int64_t pid, std::int64_t bytes) {
  rlimit limit;
  const auto process = static_cast<pid_t>(pid);
  if (prlimit(process, RLIMIT_FSIZE, nullptr, &limit) == 0) {
    limit.rlim_cur =
        bytes < 0 ? limit.rlim_max : std::min<rlim_t>(limit.rlim_max, static_cast<rlim_t>(bytes));
    if (prlimit(process, RLIMIT_FSIZE, &limit, nullptr) == 0) return "";
  }
  return std::string("file sizes cannot be limited: ") + std::strerror(errno);
}

}  // namespace mmio_cts
