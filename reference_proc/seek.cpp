#include "reference_proc/seek.h"

#include <limits>

#include "reference_proc/open_file.h"

namespace reference_proc {
namespace {

// What waits in the buffer is part of the file (SK-19).
std::int64_t size_of(const OpenFile& file) {
  const std::int64_t stored = os_size(file.os);
  const bool grows = file.buffer.size > 0 && file.buffer.end() > stored;
  return stored >= 0 && grows ? file.buffer.end() : stored;
}

}  // namespace

LRESULT seek_file(MMIOINFO* info, LPARAM lParam1, LPARAM origin) {
  const OpenFile* file = find_open_file(info);
  if (file == nullptr) return -1;
  const std::int64_t offset = static_cast<LONG>(lParam1);  // SK-21: a LONG, also where LPARAM is wider
  std::int64_t target = -1;
  switch (origin) {
    case SEEK_SET:
      target = offset;
      break;
    case SEEK_CUR:
      target = info->lDiskOffset + offset;
      break;
    case SEEK_END: {
      const std::int64_t size = size_of(*file);
      if (size < 0) return -1;
      target = size - offset;  // SK-08: towards the beginning, as Windows' own procedures count
      break;
    }
    default:
      return -1;  // SK-14
  }
  if (target < 0 || target > std::numeric_limits<LONG>::max()) return -1;  // SK-12, SK-13, SK-20
  info->lDiskOffset = static_cast<LONG>(target);
  return info->lDiskOffset;  // SK-09, SK-11
}

}  // namespace reference_proc
