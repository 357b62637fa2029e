#include <dirent.h>
#include <malloc.h>
#include <unistd.h>

#include <cstdio>

#include "suite/worker/held_resources.h"

namespace mmio_cts {
namespace {

// Without "." and "..".
std::int64_t entries_of(const char* directory) {
  DIR* stream = opendir(directory);
  if (stream == nullptr) return 0;
  std::int64_t count = -2;
  while (readdir(stream) != nullptr) ++count;
  closedir(stream);
  return count;
}

std::int64_t mapped() {
  long long pages = 0;
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr) return 0;
  if (std::fscanf(file, "%lld", &pages) != 1) pages = 0;
  std::fclose(file);
  return pages * sysconf(_SC_PAGESIZE);
}

std::int64_t allocated() {
  const struct mallinfo2 info = mallinfo2();
  return static_cast<std::int64_t>(info.uordblks + info.hblkhd);
}

}  // namespace

HeldResources held_resources() {
  constexpr int own = 1;  // the descriptor that looks
  return {entries_of("/proc/self/fd") - own, entries_of("/proc/self/task"), allocated(), mapped()};
}

}  // namespace mmio_cts
