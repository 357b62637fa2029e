#include "suite/run/landlock_linux.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

namespace mmio_cts::landlock {
namespace {

// The kernel's interface, written down here because the headers of older systems know only its first version.
struct Ruleset {
  std::uint64_t file_access;
  std::uint64_t network_access;
  std::uint64_t scoped;
};

struct [[gnu::packed]] PathBeneath {
  std::uint64_t allowed;
  std::int32_t path;
};

constexpr unsigned ask_for_version = 1;
constexpr unsigned path_beneath = 1;

constexpr std::uint64_t write_file = 1u << 1;
constexpr std::uint64_t make_and_remove = 0x1FF0;  // remove a directory, ..., make a symbolic link
constexpr std::uint64_t refer = 1u << 13;          // link or move to another folder
constexpr std::uint64_t truncate_file = 1u << 14;
constexpr std::uint64_t bind_and_connect = 3;
constexpr std::uint64_t device_control = 1u << 15;
constexpr std::uint64_t sockets_and_signals = 3;

constexpr int version_with_devices = 5, version_with_scopes = 6;

std::uint64_t writing(int version) {
  return write_file | make_and_remove | (version >= version_with_moving ? refer : 0) |
         (version >= version_with_truncation ? truncate_file : 0) |
         (version >= version_with_devices ? device_control : 0);
}

constexpr std::uint64_t rights_of_a_file = write_file | truncate_file | device_control;

void allow(int rules, const char* path, std::uint64_t all) {
  const int opened = open(path, O_PATH | O_CLOEXEC);
  if (opened < 0) return;
  PathBeneath rule = {all, opened};
  // What makes sense for a folder alone is refused for a file.
  if (syscall(SYS_landlock_add_rule, rules, path_beneath, &rule, 0) != 0) {
    rule.allowed = all & rights_of_a_file;
    syscall(SYS_landlock_add_rule, rules, path_beneath, &rule, 0);
  }
  close(opened);
}

}  // namespace

int version() {
  const long version = syscall(SYS_landlock_create_ruleset, nullptr, 0, ask_for_version);
  return version < 0 ? 0 : static_cast<int>(version);
}

bool restrict_writing(std::span<const char* const> paths, bool refuse_tcp) {
  const int version = landlock::version();
  const Ruleset wanted = {writing(version), refuse_tcp && version >= version_with_tcp ? bind_and_connect : 0,
                          version >= version_with_scopes ? sockets_and_signals : 0};
  const std::size_t size = version >= version_with_scopes ? sizeof(Ruleset)
                           : version >= version_with_tcp  ? offsetof(Ruleset, scoped)
                                                          : offsetof(Ruleset, network_access);
  const auto rules = static_cast<int>(syscall(SYS_landlock_create_ruleset, &wanted, size, 0));
  if (rules < 0) return false;
  for (const char* path : paths) allow(rules, path, wanted.file_access);
  const bool done =
      prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
  close(rules);
  return done;
}

}  // namespace mmio_cts::landlock
