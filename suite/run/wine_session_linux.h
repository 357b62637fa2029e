#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <thread>

#include "suite/run/sandbox_entry_linux.h"

namespace mmio_cts {

/// The folder of the Wine prefix that workers use.
std::filesystem::path wine_prefix();

/// A Wine server in a sandbox, and what else Wine keeps running. It ends with this object; and where this
/// program is ended by force, with that.
class WineSession {
 public:
  /// `wine` is the path of a loader, beside which its server lies. Returns when programs can be started.
  /// `folder` is told to a person who looks for what belongs to a run.
  WineSession(const std::string& wine, const std::filesystem::path& folder, const SandboxEntry& entry);
  ~WineSession();
  WineSession(const WineSession&) = delete;
  WineSession& operator=(const WineSession&) = delete;

  /// Why there is none; empty if it runs.
  const std::string& why_not() const { return why_not_; }

 private:
  std::string start(const std::string& wine, const std::filesystem::path& folder, const SandboxEntry& entry);

  pid_t server_ = -1;
  std::string why_not_;
  std::thread thread_;  ///< the kernel takes it for the server's parent
};

}  // namespace mmio_cts
