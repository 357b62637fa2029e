#include "suite/run/sandbox_linux.h"

#include <fmt/format.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <system_error>

#include "suite/run/landlock_linux.h"
#include "suite/run/orphans_linux.h"

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;

// Procedures are given links to them, and may know them by themselves.
constexpr std::array devices = {"/dev/null", "/dev/zero",   "/dev/full",
                                "/dev/tty",  "/dev/random", "/dev/urandom"};

// Of what is written in the system's own folders.
constexpr std::int64_t most_diverted = std::int64_t{1} << 30;

// The first signal can be survived, the second cannot.
constexpr rlim_t seconds_to_the_end = 5;

fs::path make_folder(const fs::path& root) {
  std::string name = (fs::absolute(root) / "mmio-cts-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category(), name);
  return name;
}

/// Bytes that this program may write to, as the kernel counts them for the limit.
std::int64_t own_memory() {
  std::ifstream file("/proc/self/statm");
  std::int64_t size = 0, resident = 0, shared = 0, code = 0, libraries = 0, data = 0;
  file >> size >> resident >> shared >> code >> libraries >> data;
  return data * sysconf(_SC_PAGESIZE);
}

std::vector<SandboxEntry::Limit> limits_of(const WorkerLimits& limits) {
  std::vector<SandboxEntry::Limit> result;
  const auto add = [&](__rlimit_resource resource, rlim_t soft, rlim_t hard) {
    rlimit before;
    if (getrlimit(resource, &before) != 0) return;
    hard = std::min(hard, before.rlim_max);
    result.push_back({resource, {std::min(soft, hard), hard}});
  };
  if (limits.cpu) {
    const auto seconds = static_cast<rlim_t>(limits.cpu->count());
    add(RLIMIT_CPU, seconds, seconds + seconds_to_the_end);
  }
  // Not the address space: Wine reserves much more of it than it uses.
  if (limits.memory)
    add(RLIMIT_DATA, static_cast<rlim_t>(*limits.memory), static_cast<rlim_t>(*limits.memory));
  if (limits.file) add(RLIMIT_FSIZE, static_cast<rlim_t>(*limits.file), static_cast<rlim_t>(*limits.file));
  struct sysinfo system;
  if (limits.processes && sysinfo(&system) == 0) {
    const rlim_t processes = system.procs + static_cast<rlim_t>(*limits.processes);
    add(RLIMIT_NPROC, processes, processes);
  }
  return result;
}

}  // namespace

LinuxSandbox::LinuxSandbox(const Wanted& wanted, bool with_namespaces, int landlock_version)
    : wanted_(wanted),
      landlock_(landlock_version >= landlock::version_with_moving ? landlock_version : 0),
      folder_(make_folder(wanted.scratch_root)),
      temporary_folders_({"/tmp", "/var/tmp", "/dev/shm", fmt::format("/run/user/{}", geteuid())}) {
  // A worker that was built in the same way would not even start.
  if (wanted_.limits.memory && own_memory() > *wanted_.limits.memory) {
    wanted_.limits.memory.reset();
    reserves_too_much_ = true;
  }
  if (with_namespaces) {
    std::vector<std::string> diverted = temporary_folders_;
    if (!wanted_.wine.empty()) diverted.push_back(wine_prefix());
    namespaces_ = std::make_unique<Namespaces>(folder_, std::move(diverted), most_diverted);
    why_no_namespaces_ = namespaces_->why_not();
    if (!can_be_entered()) {
      namespaces_ = nullptr;
      if (why_no_namespaces_.empty()) why_no_namespaces_ = "they cannot be entered";
    }
  }
  if (!wanted_.wine.empty()) {
    why_no_wine_ = start_own_wine();
    // What Wine's programs do, its server does for them: to contain them alone is worth nothing.
    if (!why_no_wine_.empty()) namespaces_ = nullptr;
    // Its server must be able to reach into them, which Landlock allows only to processes under the same
    // rules.
    landlock_ = 0;
  }
  describe();
}

LinuxSandbox::~LinuxSandbox() {
  wine_ = nullptr;
  if (namespaces_) namespaces_->end_processes();
  std::error_code error;
  fs::remove_all(folder_, error);
}

SandboxEntry LinuxSandbox::shared_entry() const {
  SandboxEntry entry;
  if (namespaces_) entry.namespaces = namespaces_->numbers();
  entry.directory = fs::current_path().string();
  return entry;
}

SandboxEntry LinuxSandbox::entry() const {
  SandboxEntry entry = shared_entry();
  entry.limits = limits_of(wanted_.limits);
  entry.use_landlock = landlock_ > 0;
  entry.refuse_tcp = !has_network();
  entry.may_write.assign(devices.begin(), devices.end());
  for (const std::string& folder : temporary_folders_) entry.may_write.push_back(folder.c_str());
  entry.may_write.push_back(folder_.c_str());
  return entry;
}

bool LinuxSandbox::can_be_entered() const {
  const SandboxEntry entry = shared_entry();
  const pid_t pid = orphans::start_worker([&] {
    const pid_t started = vfork();
    if (started == 0) _exit(entry.enter() ? 0 : 1);
    return started;
  });
  int status = 1;
  while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  orphans::forget_worker(pid);
  return pid > 0 && status == 0;
}

std::string LinuxSandbox::start_own_wine() {
  if (!has_folders()) return "the prefix cannot be given a view of its own";
  std::error_code none_there;
  if (!fs::exists(wine_prefix() / "system.reg", none_there)) return "there is no prefix yet";
  wine_ = std::make_unique<WineSession>(wanted_.wine, folder_, shared_entry());
  const std::string why_not = wine_->why_not();
  if (!why_not.empty()) {
    wine_ = nullptr;
    namespaces_->end_processes();
  }
  return why_not;
}

void LinuxSandbox::describe() {
  containment_.mode = wanted_.mode;
  containment_.limits = wanted_.limits;
  if (geteuid() == 0) containment_.limits.processes.reset();
  const auto miss = [&](std::string what, const std::string& why) {
    containment_.missing.push_back(std::move(what) + ": " + why);
  };
  const std::string why = "no " + std::string(has_network() ? "mount" : "network") + " namespace" +
                          (why_no_namespaces_.empty() ? "" : ": " + why_no_namespaces_);

  if (has_network())
    containment_.network = "network namespace";
  else if (landlock_ >= landlock::version_with_tcp)
    containment_.network = "Landlock (TCP)";
  std::vector<std::string> means;
  if (has_folders()) means.emplace_back("read-only mounts");
  if (landlock_ > 0) means.emplace_back("Landlock");
  if (!means.empty()) containment_.file_writes = fmt::format("{}", fmt::join(means, ", "));

  if (!why_no_wine_.empty()) {
    miss("a Wine server of its own", why_no_wine_ + (namespaces_ ? "" : " (" + why + ")"));
  } else {
    if (means.empty()) miss("a limit to where files are written", "no Landlock, and " + why);
    if (!means.empty() && !has_folders()) miss("folders for temporary files of its own", why);
    if (!has_folders() && landlock_ > 0 && landlock_ < landlock::version_with_truncation)
      miss("a refusal to cut off files", "this kernel's Landlock cannot");
    if (!has_network()) miss("a network of its own", why);
  }
  if (reserves_too_much_) miss("a limit to memory", "this program alone reserves more, as sanitizers do");
  if (wanted_.limits.processes && geteuid() == 0) miss(std::string(process_limit), "there is none for root");
}

std::string LinuxSandbox::lacking() const {
  // Root can always do without; what it started is ended in the end.
  for (const std::string& missing : containment_.missing)
    if (!missing.starts_with(process_limit)) return missing;
  return "";
}

tl::expected<std::shared_ptr<Sandbox>, std::string> Sandbox::make(const Wanted& wanted) {
  auto sandbox = std::make_shared<LinuxSandbox>(wanted, true, landlock::version());
  if (const std::string lacking = sandbox->lacking();
      wanted.mode == SandboxMode::required && !lacking.empty())
    return tl::unexpected(lacking);
  return sandbox;
}

}  // namespace mmio_cts
