#pragma once

#include <sys/resource.h>

#include <string>
#include <vector>

#include "suite/run/namespaces_linux.h"

namespace mmio_cts {

/// How a process gets into a sandbox. What it refers to outlives it.
struct SandboxEntry {
  Namespaces::Numbers namespaces;
  bool use_landlock = false;
  std::vector<const char*> may_write;  ///< folders and files, for Landlock
  bool refuse_tcp = false;
  struct Limit {
    __rlimit_resource resource;
    rlimit value;
  };
  std::vector<Limit> limits;
  std::string directory;  ///< the working directory

  /// The calling process, which has a single thread, goes in. False if it cannot. Only async-signal-safe
  /// functions are called.
  bool enter() const;
};

}  // namespace mmio_cts
