#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mmio_cts {

/// What is asked of the operating system about files.
enum class OsCallKind : std::uint8_t {
  open,
  close,
  read,
  write,
  seek,
  flush,
  truncate,
  rename,
  remove,
  map,
  exec
};

inline constexpr std::array<std::string_view, 11> os_call_names = {
    "open", "close", "read", "write", "seek", "flush", "truncate", "rename", "remove", "map", "exec"};

/// What befalls a call of the system.
enum class FaultKind : std::uint8_t {
  disk_full,
  io_error,
  access_denied,
  sharing_violation,
  too_many_open_files,
  network_error,
  interrupted,     ///< by a signal, before anything was done
  killed,          ///< it is made, and then the process is ended, without CLOSE
  short_transfer,  ///< some bytes only, which are told
  delay,           ///< it comes later; what comes of it is the system's own answer
};

inline constexpr std::array<std::string_view, 10> fault_names = {"disk_full",
                                                                 "io_error",
                                                                 "access_denied",
                                                                 "sharing_violation",
                                                                 "too_many_open_files",
                                                                 "network_error",
                                                                 "interrupted",
                                                                 "killed",
                                                                 "short",
                                                                 "delay"};

/// Has calls of the system fail that the procedure makes while it has a message. A close is performed, and
/// then told as failed; of all others that fail nothing is performed.
struct Fault {
  OsCallKind on = OsCallKind::write;
  FaultKind kind = FaultKind::disk_full;
  std::int64_t nth = 1;     ///< counted from the step on
  bool lasting = false;     ///< and all after it, until the next such step
  std::int64_t amount = 0;  ///< short_transfer: bytes; delay: milliseconds
  bool operator==(const Fault&) const = default;
};

}  // namespace mmio_cts
