#include "reference_proc/memory_proc.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>

namespace {

constexpr LONG max_position = std::numeric_limits<LONG>::max();

// adwInfo[0] and adwInfo[1] stay the application's address; adwInfo[2] is ours while the file is open.
enum Rights : DWORD { may_read = 0x4D450001, may_write = 0x4D450002, may_both = 0x4D450003 };

bool fails(int& to_fail) {
  if (to_fail == 0) return false;
  if (to_fail > 0) --to_fail;
  return true;
}

MemoryFile* file_of(const MMIOINFO* info) {
  const std::uint64_t address = info->adwInfo[0] | std::uint64_t{info->adwInfo[1]} << 32;
  return reinterpret_cast<MemoryFile*>(static_cast<std::uintptr_t>(address));
}

// OP-13, CL-12: what was never opened, or is closed, has no rights here, and its address is not followed.
MemoryFile* open_file(const MMIOINFO* info, DWORD wanted) {
  const DWORD rights = info == nullptr ? 0 : info->adwInfo[2];
  const bool is_open = rights == may_read || rights == may_write || rights == may_both;
  return is_open && (rights & wanted) == wanted ? file_of(info) : nullptr;
}

LRESULT refuse(MMIOINFO* info, UINT code) {
  info->adwInfo[2] = 0;
  return code;
}

LRESULT open(MMIOINFO* info) {
  if (info == nullptr) return MMSYSERR_INVALPARAM;
  MemoryFile* file = file_of(info);
  const DWORD flags = info->dwFlags;
  // FL-09, FL-10, FL-12: the manager's business.
  if ((flags & (MMIO_PARSE | MMIO_EXIST | MMIO_GETTEMP)) != 0) return refuse(info, MMIOERR_CANNOTOPEN);
  if (file == nullptr) return refuse(info, MMIOERR_FILENOTFOUND);  // OP-17
  if (fails(file->opens_to_fail)) return refuse(info, MMIOERR_CANNOTOPEN);
  if ((flags & MMIO_DELETE) != 0) {  // FL-06: no CLOSE follows
    if (!file->exists) return refuse(info, MMIOERR_FILENOTFOUND);
    if (file->opens > 0) return refuse(info, MMIOERR_SHARINGVIOLATION);
    file->exists = false;
    file->size = 0;
    return refuse(info, MMSYSERR_NOERROR);
  }
  const bool creates = (flags & MMIO_CREATE) != 0;
  if (!file->exists && !creates) return refuse(info, MMIOERR_FILENOTFOUND);  // OP-24
  if (creates) {                                                             // FL-04
    file->exists = true;
    file->size = 0;
  }
  const DWORD mode = flags & MMIO_RWMODE;
  info->adwInfo[2] = mode == MMIO_READ ? may_read : mode == MMIO_WRITE ? may_write : may_both;
  ++file->opens;
  info->lDiskOffset = 0;
  return MMSYSERR_NOERROR;
}

LRESULT close(MMIOINFO* info) {
  MemoryFile* file = open_file(info, 0);
  if (file == nullptr) return MMIOERR_CANNOTCLOSE;
  info->adwInfo[2] = 0;
  --file->opens;
  return MMSYSERR_NOERROR;
}

LRESULT read(MMIOINFO* info, char* to, LPARAM count) {
  MemoryFile* file = open_file(info, may_read);
  if (file == nullptr || count < 0) return -1;  // OP-23, RD-13
  if (count == 0) return 0;                     // RD-10
  if (fails(file->reads_to_fail)) return -1;    // RD-06: -1, not 1; RD-14: lDiskOffset stays
  const LPARAM left = std::max<LPARAM>(0, LPARAM{file->size} - info->lDiskOffset);
  const auto done = static_cast<LONG>(std::min(count, left));
  if (done > 0) std::memcpy(to, file->data + info->lDiskOffset, static_cast<std::size_t>(done));
  info->lDiskOffset += done;  // RD-08
  return done;                // RD-05: 0 at the end of the file
}

bool make_room(MemoryFile& file, LONG size) {
  if (size <= file.room) return true;
  const LONG room =
      static_cast<LONG>(std::min<std::int64_t>(std::max<std::int64_t>(size, file.room * 2LL), max_position));
  void* grown = std::realloc(file.data, static_cast<std::size_t>(room));
  if (grown == nullptr) return false;
  file.data = static_cast<char*>(grown);
  file.room = room;
  return true;
}

// WF-08: nothing is kept back, so WRITEFLUSH is WRITE.
LRESULT write(MMIOINFO* info, const char* from, LPARAM count) {
  MemoryFile* file = open_file(info, may_write);
  if (file == nullptr || count < 0) return -1;              // OP-22, WR-15
  if (count == 0) return 0;                                 // WR-09, WF-10
  if (count > max_position - info->lDiskOffset) return -1;  // SK-20
  const LONG end = info->lDiskOffset + static_cast<LONG>(count);
  if (fails(file->writes_to_fail) || !make_room(*file, end)) return -1;  // WR-05, WF-05: -1, not 1; WR-08
  if (info->lDiskOffset > file->size)
    std::memset(file->data + file->size, 0,
                static_cast<std::size_t>(info->lDiskOffset - file->size));  // WR-12
  std::memcpy(file->data + info->lDiskOffset, from, static_cast<std::size_t>(count));
  file->size = std::max(file->size, end);  // WR-11
  info->lDiskOffset = end;
  return count;
}

LRESULT seek(MMIOINFO* info, LPARAM lParam1, LPARAM origin) {
  const MemoryFile* file = open_file(info, 0);
  if (file == nullptr) return -1;
  const std::int64_t offset = static_cast<LONG>(lParam1);  // SK-21
  const std::int64_t target = origin == SEEK_SET   ? offset
                              : origin == SEEK_CUR ? info->lDiskOffset + offset
                              : origin == SEEK_END ? file->size - offset
                                                   : -1;  // SK-14
  if (target < 0 || target > max_position) return -1;     // SK-12, SK-13, SK-20
  return info->lDiskOffset = static_cast<LONG>(target);   // SK-09, SK-11
}

}  // namespace

MemoryFile::~MemoryFile() { std::free(data); }

void put_memory_file(MMIOINFO& info, MemoryFile* file) {
  const std::uint64_t address = reinterpret_cast<std::uintptr_t>(file);
  info.adwInfo[0] = static_cast<DWORD>(address);
  info.adwInfo[1] = static_cast<DWORD>(address >> 32);
}

LRESULT CALLBACK MemoryProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2) {
  auto* info = reinterpret_cast<MMIOINFO*>(lpmmioinfo);
  switch (uMsg) {
    case MMIOM_OPEN:
      return open(info);
    case MMIOM_CLOSE:
      return close(info);
    case MMIOM_READ:
      return read(info, reinterpret_cast<char*>(lParam1), lParam2);
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
      return write(info, reinterpret_cast<const char*>(lParam1), lParam2);
    case MMIOM_SEEK:
      return seek(info, lParam1, lParam2);
    case MMIOM_RENAME:
      return MMIOERR_INVALIDFILE;  // RN-06: to answer 0 would claim a success
    default:
      return 0;  // IP-02
  }
}
