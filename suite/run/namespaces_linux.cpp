#include "suite/run/namespaces_linux.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <thread>

#include "suite/run/orphans_linux.h"

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;

// From linux/mount.h, which cannot be included together with sys/mount.h.
constexpr unsigned tree_is_copied = 1, tree_comes_from_descriptor = 4;
constexpr std::uint64_t is_read_only = 1;
constexpr long number_of_mount_setattr = 442;

bool is_within(const std::string& path, const std::string& folder) {
  return path == folder || path.starts_with(folder + "/");
}

/// Prepared before the process that makes namespaces is there: it shares this one's memory.
struct DivertedFolder {
  std::string path, upper, work, options;
  mode_t mode = 0;
  bool holds_folder = false;
};

struct Plan {
  std::string folder, memory, memory_options, user_map, group_map;
  std::vector<DivertedFolder> diverted;
  bool with_user = false;

  // What came of it.
  int user = -1, network = -1, mount = -1;
  const char* failed = nullptr;
  int error = 0;

  bool fail(const char* call) {
    failed = call;
    error = errno;
    return false;
  }
};

bool write_text(const char* path, const std::string& text) {
  const int file = open(path, O_WRONLY | O_CLOEXEC);
  const bool done = file >= 0 && write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (file >= 0) close(file);
  return done;
}

int open_own(const char* name) { return open(name, O_RDONLY | O_CLOEXEC); }

/// Takes the folder's mount aside, to be put back over whatever covers it by then.
int take_aside(const Plan& plan) {
  return static_cast<int>(
      syscall(SYS_open_tree, AT_FDCWD, plan.folder.c_str(), tree_is_copied | O_CLOEXEC | AT_RECURSIVE));
}

bool put_back(Plan& plan, int tree) {
  const long moved =
      syscall(SYS_move_mount, tree, "", AT_FDCWD, plan.folder.c_str(), tree_comes_from_descriptor);
  close(tree);
  return moved == 0 || plan.fail("move_mount");
}

/// Of all that is mounted nothing can be written but the folder.
bool make_read_only(Plan& plan) {
  struct {
    std::uint64_t set, clear, propagation, user;
  } attributes = {is_read_only, 0, 0, 0};
  const int tree = take_aside(plan);
  if (tree < 0) return plan.fail("open_tree");
  if (syscall(number_of_mount_setattr, AT_FDCWD, "/", AT_RECURSIVE, &attributes, sizeof attributes) != 0)
    return plan.fail("mount_setattr");
  return put_back(plan, tree);
}

/// Puts a view over the folder in which all can be written and nothing is changed.
bool divert(Plan& plan, DivertedFolder& one) {
  const int tree = one.holds_folder ? take_aside(plan) : -1;
  if (one.holds_folder && tree < 0) return plan.fail("open_tree");
  if (mkdir(one.upper.c_str(), 0700) != 0 || chmod(one.upper.c_str(), one.mode) != 0 ||
      mkdir(one.work.c_str(), 0700) != 0)
    return plan.fail("mkdir");
  if (mount("overlay", one.path.c_str(), "overlay", 0, one.options.c_str()) != 0)
    return plan.fail("mount overlay");
  return tree < 0 || put_back(plan, tree);
}

bool make_folders(Plan& plan) {
  if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return plan.fail("mount");
  if (!make_read_only(plan)) return false;
  if (mount("tmpfs", plan.memory.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, plan.memory_options.c_str()) != 0)
    return plan.fail("mount tmpfs");
  for (DivertedFolder& one : plan.diverted)
    if (!divert(plan, one)) return false;
  return true;
}

bool make(Plan& plan) {
  if (unshare((plan.with_user ? CLONE_NEWUSER : 0) | CLONE_NEWNET) != 0) return plan.fail("unshare");
  if (plan.with_user) {
    write_text("/proc/self/setgroups", "deny");
    if (!write_text("/proc/self/uid_map", plan.user_map) || !write_text("/proc/self/gid_map", plan.group_map))
      return plan.fail("user namespace");
    plan.user = open_own("/proc/self/ns/user");
  }
  plan.network = open_own("/proc/self/ns/net");
  if (unshare(CLONE_NEWNS) != 0) return plan.fail("unshare");
  if (!make_folders(plan)) return false;
  plan.mount = open_own("/proc/self/ns/mnt");
  return true;
}

// It shares memory and descriptors with this process, which waits for its end.
int make_in_child(void* plan) {
  make(*static_cast<Plan*>(plan));
  _exit(0);
}

void perform(Plan& plan) {
  alignas(16) std::array<char, 64 * 1024> stack;
  const pid_t pid = orphans::start_worker([&] {
    return clone(make_in_child, stack.data() + stack.size(), CLONE_VM | CLONE_VFORK | CLONE_FILES | SIGCHLD,
                 &plan);
  });
  if (pid < 0) {
    plan.fail("clone");
    return;
  }
  while (waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
  orphans::forget_worker(pid);
}

/// As a part of a mount option.
std::string escaped(const std::string& path) {
  std::string result;
  for (const char c : path) {
    if (c == ':' || c == ',' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

Plan plan_for(const fs::path& folder, const std::vector<std::string>& diverted, std::int64_t most,
              bool with_user) {
  Plan plan;
  plan.folder = folder.string();
  plan.memory = (folder / "diverted").string();
  plan.memory_options = fmt::format("size={},mode=755", most);
  plan.user_map = fmt::format("{0} {0} 1", geteuid());
  plan.group_map = fmt::format("{0} {0} 1", getegid());
  plan.with_user = with_user;
  for (const std::string& path : diverted) {
    DivertedFolder one;
    struct stat status;
    if (stat(path.c_str(), &status) != 0) continue;
    const std::string own = fmt::format("{}/{}", plan.memory, plan.diverted.size());
    one.path = path;
    one.mode = status.st_mode & 07777;
    one.upper = own + "-upper";
    one.work = own + "-work";
    one.options = fmt::format("lowerdir={},upperdir={},workdir={}{}", escaped(path), escaped(one.upper),
                              escaped(one.work), with_user ? ",userxattr" : "");
    one.holds_folder = is_within(plan.folder, path);
    plan.diverted.push_back(std::move(one));
  }
  return plan;
}

/// Real paths of those that there are, without what lies within another one.
std::vector<std::string> outermost(const std::vector<std::string>& folders) {
  std::vector<std::string> result;
  for (const std::string& folder : folders) {
    std::error_code none_there;
    const std::string path = fs::canonical(folder, none_there).string();
    if (none_there || !fs::is_directory(path, none_there)) continue;
    std::erase_if(result, [&](const std::string& other) { return is_within(other, path) && other != path; });
    bool is_new = true;
    for (const std::string& other : result) is_new = is_new && !is_within(path, other);
    if (is_new) result.push_back(path);
  }
  return result;
}

}  // namespace

Namespaces::Namespaces(const fs::path& folder, std::vector<std::string> diverted, std::int64_t most) {
  fs::create_directory(folder / "diverted");
  const std::vector<std::string> folders = outermost(diverted);
  // Root needs no user namespace of its own, unless it has lost its rights.
  for (const bool with_user : {false, true}) {
    Plan plan = plan_for(folder, folders, most, with_user);
    perform(plan);
    const std::array<int, 3> made = {plan.user, plan.network, plan.mount};
    std::vector<Descriptor> owned;
    for (const int one : made) owned.emplace_back(one);
    if (!owned[1].is_open() && has_network()) continue;  // the first attempt was better
    user_ = std::move(owned[0]);
    network_ = std::move(owned[1]);
    mount_ = std::move(owned[2]);
    why_not_ = plan.failed == nullptr ? "" : fmt::format("{}: {}", plan.failed, std::strerror(plan.error));
    if (has_folders()) return;
  }
}

bool Namespaces::join(const Numbers& numbers) {
  if (numbers.user >= 0 && setns(numbers.user, CLONE_NEWUSER) != 0) return false;
  if (numbers.network >= 0 && setns(numbers.network, CLONE_NEWNET) != 0) return false;
  return numbers.mount < 0 || setns(numbers.mount, CLONE_NEWNS) == 0;
}

bool Namespaces::end_processes() const {
  struct stat ours, theirs;
  if (!has_network() || fstat(network_.get(), &ours) != 0) return false;
  for (int round = 0; round < 200; ++round) {
    bool found = false;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator("/proc", error)) {
      const int pid = std::atoi(entry.path().filename().c_str());
      if (pid <= 0 || stat((entry.path() / "ns/net").c_str(), &theirs) != 0) continue;
      if (theirs.st_ino != ours.st_ino || theirs.st_dev != ours.st_dev) continue;
      found = true;
      kill(pid, SIGKILL);
    }
    if (!found) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return false;
}

}  // namespace mmio_cts
