#include <linux/magic.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

#include "suite/run/scratch_root.h"

namespace mmio_cts {
namespace {

constexpr const char* memory_folder = "/dev/shm";

// Containers often have 64 MiB there, and the trace of one worker alone may need that.
constexpr std::uint64_t least_room = std::uint64_t{1} << 30;

bool is_in_memory_with_room(const char* folder) {
  struct statfs status;
  return statfs(folder, &status) == 0 && status.f_type == TMPFS_MAGIC &&
         static_cast<std::uint64_t>(status.f_bavail) * static_cast<std::uint64_t>(status.f_bsize) >=
             least_room &&
         access(folder, R_OK | W_OK | X_OK) == 0;
}

}  // namespace

std::filesystem::path scratch_root() {
  const char* wanted = std::getenv("TMPDIR");
  const bool is_chosen = wanted != nullptr && *wanted != '\0';
  if (!is_chosen && is_in_memory_with_room(memory_folder)) return memory_folder;
  return std::filesystem::temp_directory_path();
}

}  // namespace mmio_cts
