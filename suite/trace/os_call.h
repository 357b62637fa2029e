#pragma once

#include <array>
#include <cstdint>
#include <string>
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

/// One call that was made while a message was with the procedure, by whichever of its threads or processes.
struct OsCall {
  OsCallKind kind = OsCallKind::open;
  std::uint32_t file = 0;    ///< which of the files opened under observation, from 1; 0: another one, or none
  std::int64_t offset = -1;  ///< read, write, seek: bytes from the file's start, before the call; -1: unknown
  std::int64_t asked = 0;    ///< read, write, map: bytes; truncate: the size; seek: where to, by its origin
  std::int64_t done = 0;     ///< read, write: bytes; seek: the new position; else 0. On an error 0
  std::int32_t status = 0;   ///< 0, or the system's number of an error: errno
  std::string name;          ///< open, rename, remove: what its path ends in
  bool operator==(const OsCall&) const = default;
};

}  // namespace mmio_cts
