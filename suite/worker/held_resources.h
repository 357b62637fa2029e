#pragma once

#include <cstdint>

namespace mmio_cts {

/// What this process holds.
struct HeldResources {
  std::int64_t handles = 0;  ///< file descriptors; on Windows handles of any kind
  std::int64_t threads = 0;
  std::int64_t heap = 0;    ///< bytes allocated and not freed, of the heaps that the system knows
  std::int64_t mapped = 0;  ///< bytes of all mappings; on Windows those that are committed
};

HeldResources held_resources();

}  // namespace mmio_cts
