#include <limits>

#include "reference_proc/os_file.h"

namespace reference_proc {
namespace {

SRWLOCK lock = SRWLOCK_INIT;

HANDLE as_handle(OsFile file) { return reinterpret_cast<HANDLE>(file); }

bool is_folder(LPCSTR name) {
  const DWORD attributes = GetFileAttributesA(name);
  return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

// OP-27: the most specific code that is documented.
UINT error_code(DWORD error) {
  switch (error) {
    case ERROR_FILE_NOT_FOUND:
      return MMIOERR_FILENOTFOUND;
    case ERROR_PATH_NOT_FOUND:
    case ERROR_INVALID_DRIVE:
    case ERROR_BAD_PATHNAME:
    case ERROR_FILENAME_EXCED_RANGE:
      return MMIOERR_PATHNOTFOUND;
    case ERROR_ACCESS_DENIED:
    case ERROR_WRITE_PROTECT:
    case ERROR_FILE_EXISTS:
    case ERROR_ALREADY_EXISTS:
      return MMIOERR_ACCESSDENIED;
    case ERROR_SHARING_VIOLATION:
    case ERROR_LOCK_VIOLATION:
      return MMIOERR_SHARINGVIOLATION;
    case ERROR_TOO_MANY_OPEN_FILES:
      return MMIOERR_TOOMANYOPENFILES;
    case ERROR_NOT_ENOUGH_MEMORY:
    case ERROR_OUTOFMEMORY:
      return MMIOERR_OUTOFMEMORY;
    case ERROR_BAD_NETPATH:
    case ERROR_BAD_NET_NAME:
    case ERROR_NETNAME_DELETED:
    case ERROR_NETWORK_UNREACHABLE:
      return MMIOERR_NETWORKERROR;
    default:
      return MMIOERR_CANNOTOPEN;
  }
}

OVERLAPPED at(LONG position) {
  OVERLAPPED overlapped = {};
  overlapped.Offset = static_cast<DWORD>(position);
  return overlapped;
}

}  // namespace

UINT os_open(LPCSTR name, const OpenMode& mode, OsFile& file) {
  const DWORD access = (mode.read ? GENERIC_READ : 0u) | (mode.write ? GENERIC_WRITE : 0u);
  // Without FILE_SHARE_DELETE, so that nobody is told "deleted" while the name lives on until CLOSE.
  const DWORD share = (mode.deny_read ? 0u : FILE_SHARE_READ) | (mode.deny_write ? 0u : FILE_SHARE_WRITE);
  const DWORD how = mode.create ? CREATE_ALWAYS : OPEN_EXISTING;
  const HANDLE handle = CreateFileA(name, access, share, nullptr, how, FILE_ATTRIBUTE_NORMAL, nullptr);
  if (handle == INVALID_HANDLE_VALUE) {
    const DWORD error = GetLastError();
    return is_folder(name) ? MMIOERR_INVALIDFILE : error_code(error);
  }
  file = reinterpret_cast<OsFile>(handle);
  return 0;
}

UINT os_adopt(DWORD handle, OsFile& file, LONG& position) {
  // A HANDLE has 32 significant bits, also on x64; sign extension restores it.
  const OsFile candidate = static_cast<LONG>(handle);
  if (GetFileType(as_handle(candidate)) == FILE_TYPE_UNKNOWN) return MMIOERR_INVALIDFILE;
  LARGE_INTEGER offset = {};
  if (!SetFilePointerEx(as_handle(candidate), offset, &offset, FILE_CURRENT)) return MMIOERR_INVALIDFILE;
  if (offset.QuadPart > std::numeric_limits<LONG>::max()) return MMIOERR_INVALIDFILE;
  file = candidate;
  position = static_cast<LONG>(offset.QuadPart);
  return 0;
}

UINT os_close(OsFile file) { return CloseHandle(as_handle(file)) ? 0 : MMIOERR_CANNOTCLOSE; }

UINT os_delete(LPCSTR name) {
  if (DeleteFileA(name)) return 0;
  const DWORD error = GetLastError();
  return is_folder(name) ? MMIOERR_INVALIDFILE : error_code(error);
}

UINT os_rename(LPCSTR old_name, LPCSTR new_name) {
  return MoveFileExA(old_name, new_name, 0) ? 0 : error_code(GetLastError());
}

std::int64_t os_size(OsFile file) {
  LARGE_INTEGER size;
  return GetFileSizeEx(as_handle(file), &size) ? size.QuadPart : -1;
}

LONG os_read_at(OsFile file, LONG position, char* data, LONG count) {
  LONG done = 0;
  while (done < count) {
    OVERLAPPED where = at(position + done);
    DWORD step = 0;
    if (!ReadFile(as_handle(file), data + done, static_cast<DWORD>(count - done), &step, &where)) {
      // With an OVERLAPPED the end of the file is an error of its own.
      return done > 0 || GetLastError() == ERROR_HANDLE_EOF ? done : -1;
    }
    if (step == 0) break;
    done += static_cast<LONG>(step);
  }
  return done;
}

LONG os_write_at(OsFile file, LONG position, const char* data, LONG count) {
  LONG done = 0;
  while (done < count) {
    OVERLAPPED where = at(position + done);
    DWORD step = 0;
    if (!WriteFile(as_handle(file), data + done, static_cast<DWORD>(count - done), &step, &where) ||
        step == 0)
      return done > 0 ? done : -1;
    done += static_cast<LONG>(step);
  }
  return done;
}

OsLock::OsLock() { AcquireSRWLockExclusive(&lock); }
OsLock::~OsLock() { ReleaseSRWLockExclusive(&lock); }

}  // namespace reference_proc
