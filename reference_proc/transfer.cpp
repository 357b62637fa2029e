#include "reference_proc/transfer.h"

#include <limits>

namespace reference_proc {
namespace {

constexpr LONG max_position = std::numeric_limits<LONG>::max();

// RD-13, WR-15: a count is 0 to LONG_MAX. RD-11: the position is what lDiskOffset says on entry.
bool makes_sense(const MMIOINFO* info, LPARAM data, LPARAM count) {
  return info->lDiskOffset >= 0 && count >= 0 && count <= max_position && (data != 0 || count == 0);
}

}  // namespace

Transfer read_transfer(const MMIOINFO* info, LPARAM lParam1, LPARAM lParam2) {
  OpenFile* file = find_open_file(info);
  if (file == nullptr || !file->readable || !makes_sense(info, lParam1, lParam2)) return {};  // OP-23
  const LONG position = info->lDiskOffset;
  const LONG room = max_position - position;
  const LONG count = lParam2 < room ? static_cast<LONG>(lParam2) : room;
  return {file, position, reinterpret_cast<char*>(lParam1), count};
}

Transfer write_transfer(const MMIOINFO* info, LPARAM lParam1, LPARAM lParam2) {
  OpenFile* file = find_open_file(info);
  if (file == nullptr || !file->writable || !makes_sense(info, lParam1, lParam2)) return {};  // OP-22
  const LONG position = info->lDiskOffset;
  if (lParam2 > max_position - position) return {};  // SK-20
  return {file, position, reinterpret_cast<char*>(lParam1), static_cast<LONG>(lParam2)};
}

}  // namespace reference_proc
