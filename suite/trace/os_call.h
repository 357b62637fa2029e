#pragma once

#include <cstdint>
#include <string>

#include "suite/script/fault.h"

namespace mmio_cts {

/// One call that was made while a message was with the procedure, by whichever of its threads or processes.
struct OsCall {
  OsCallKind kind = OsCallKind::open;
  std::uint32_t file = 0;    ///< which of the files opened under observation, from 1; 0: another one, or none
  std::int64_t offset = -1;  ///< read, write, seek: bytes from the file's start, before the call; -1: unknown
  std::int64_t asked = 0;    ///< read, write, map: bytes; truncate: the size; seek: where to, by its origin
  std::int64_t done = 0;     ///< read, write: bytes; seek: the new position; else 0. On an error 0
  std::int32_t status = 0;   ///< 0, or the system's number of an error: errno
  bool injected = false;     ///< a Fault befell it
  std::string name;          ///< open, rename, remove: what its path ends in
  bool operator==(const OsCall&) const = default;
};

}  // namespace mmio_cts
