#include "suite/run/sandbox_entry_linux.h"

#include <linux/capability.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <array>

#include "suite/run/landlock_linux.h"

namespace mmio_cts {
namespace {

// With these root could undo all of it, or reach what it needs through a process outside.
constexpr std::array given_up = {CAP_SYS_ADMIN,  CAP_SYS_RESOURCE, CAP_SYS_PTRACE,
                                 CAP_SYS_MODULE, CAP_SYS_RAWIO,    CAP_SYS_BOOT,
                                 CAP_SYS_TIME,   CAP_NET_ADMIN,    CAP_MKNOD};

}  // namespace

bool SandboxEntry::enter() const {
  if (!Namespaces::join(namespaces)) return false;
  // One that it has lost already is none to give up. Where nothing is closed there is nothing to open again;
  // and a worker may have to start Wine's server for everybody.
  const bool closes_something = namespaces.network >= 0 || namespaces.mount >= 0 || use_landlock;
  for (const int capability : given_up)
    if (closes_something) prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  if (use_landlock && !landlock::restrict_writing(may_write, refuse_tcp)) return false;
  for (const Limit& limit : limits)
    if (setrlimit(limit.resource, &limit.value) != 0) return false;
  static_cast<void>(!chdir(directory.c_str()));
  return true;
}

}  // namespace mmio_cts
