#include "reference_proc/open_file.h"

#include <cstdlib>
#include <new>

namespace reference_proc {
namespace {

// adwInfo[0] holds the number of the open file and adwInfo[1] this mark. Not an address: that does not fit
// one element on x64 (ABI-11), and a number that is stale or was never ours is noticed instead of followed.
constexpr DWORD mark = 0x70666572;

OpenFile* first = nullptr;
DWORD last_number = 0;

void enter(MMIOINFO* info, OpenFile* file) {
  const OsLock lock;
  file->number = ++last_number;
  file->next = first;
  first = file;
  info->adwInfo[0] = file->number;
  info->adwInfo[1] = mark;
}

void remove(MMIOINFO* info, OpenFile* file) {
  const OsLock lock;
  OpenFile** link = &first;
  while (*link != file) link = &(*link)->next;
  *link = file->next;
  info->adwInfo[0] = 0;
  info->adwInfo[1] = 0;
}

// FL-01, FL-02, FL-04. Bits above 0xFFFF are the manager's, and none is looked at here (FL-15).
OpenMode open_mode(DWORD flags) {
  const DWORD access = flags & MMIO_RWMODE;
  const DWORD sharing = flags & MMIO_SHAREMODE;
  OpenMode mode;
  mode.read = access != MMIO_WRITE;
  mode.write = access != MMIO_READ;
  mode.create = (flags & MMIO_CREATE) != 0;
  mode.deny_read = sharing == MMIO_EXCLUSIVE || sharing == MMIO_DENYREAD;
  mode.deny_write = sharing == MMIO_EXCLUSIVE || sharing == MMIO_DENYWRITE;
  return mode;
}

}  // namespace

LRESULT open_file(MMIOINFO* info, LPCSTR name) {
  if (info == nullptr) return MMSYSERR_INVALPARAM;
  const DWORD flags = info->dwFlags;
  const DWORD handle = info->adwInfo[0];  // OP-16: the application's, before the element becomes ours
  // OP-13: a message after an OPEN that failed must not find anybody's file.
  info->adwInfo[0] = 0;
  info->adwInfo[1] = 0;

  // These are the manager's business. Here they must not open, create or change anything (FL-09, FL-10,
  // FL-12).
  if ((flags & (MMIO_PARSE | MMIO_EXIST | MMIO_GETTEMP)) != 0) return MMIOERR_CANNOTOPEN;
  if ((flags & MMIO_DELETE) != 0) return name == nullptr ? MMIOERR_CANNOTOPEN : os_delete(name);  // FL-06
  if (name == nullptr && handle == 0) return MMIOERR_CANNOTOPEN;  // OP-03, OP-17

  // Not operator new: it may throw, and nothing may throw into the manager (ABI-17).
  void* memory = std::malloc(sizeof(OpenFile));
  if (memory == nullptr) return MMIOERR_OUTOFMEMORY;
  auto* file = new (memory) OpenFile;

  const OpenMode mode = open_mode(flags);
  file->readable = mode.read;
  file->writable = mode.write;
  file->adopted = name == nullptr;
  LONG position = 0;
  const UINT error = file->adopted ? os_adopt(handle, file->os, position) : os_open(name, mode, file->os);
  if (error != 0) {
    std::free(file);  // OP-12: no CLOSE follows
    return error;
  }
  enter(info, file);
  info->lDiskOffset = position;  // OP-10
  return MMSYSERR_NOERROR;
}

OpenFile* find_open_file(const MMIOINFO* info) {
  if (info == nullptr || info->adwInfo[1] != mark) return nullptr;
  const OsLock lock;
  OpenFile* file = first;
  while (file != nullptr && file->number != info->adwInfo[0]) file = file->next;
  return file;
}

LRESULT close_file(MMIOINFO* info, LPARAM flags) {
  OpenFile* file = find_open_file(info);
  if (file == nullptr) return MMIOERR_CANNOTCLOSE;                      // CL-12
  const bool leave_open = file->adopted && (flags & MMIO_FHOPEN) != 0;  // CL-08; unknown bits: CL-09
  const UINT error = leave_open ? 0 : os_close(file->os);
  remove(info, file);
  std::free(file);
  return error;
}

LRESULT rename_file(LPCSTR old_name, LPCSTR new_name) {
  if (old_name == nullptr || new_name == nullptr) return MMSYSERR_INVALPARAM;
  return os_rename(old_name, new_name);
}

}  // namespace reference_proc
