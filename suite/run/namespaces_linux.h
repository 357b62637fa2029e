#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "suite/run/descriptor_linux.h"

namespace mmio_cts {

/// A view of the system of its own: no network but an unconnected one, all file systems read-only, and
/// folders in which what is written is seen by nobody else. Processes join it; it is gone with the last of
/// them and this object. Where the folders cannot be had there may still be the network.
class Namespaces {
 public:
  /// `folder` exists; it can be written, and is seen alike within and without, wherever it lies. `diverted`
  /// are folders: what is written there goes into memory, into at most `most` bytes.
  Namespaces(const std::filesystem::path& folder, std::vector<std::string> diverted, std::int64_t most);

  bool has_network() const { return network_.is_open(); }
  bool has_folders() const { return mount_.is_open(); }
  /// Why something cannot be had: "unshare: Operation not permitted".
  const std::string& why_not() const { return why_not_; }

  /// What join() needs.
  struct Numbers {
    int user = -1, network = -1, mount = -1;
  };
  Numbers numbers() const { return {user_.get(), network_.get(), mount_.get()}; }

  /// The calling process, which has a single thread, becomes part of them; its working directory becomes "/".
  /// Only async-signal-safe functions are called.
  static bool join(const Numbers& numbers);

  /// Ends all processes that are part of them. True if none is left.
  bool end_processes() const;

 private:
  Descriptor user_, network_, mount_;
  std::string why_not_;
};

}  // namespace mmio_cts
