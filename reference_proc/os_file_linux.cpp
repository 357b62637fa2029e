#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <limits>

#include "reference_proc/os_file.h"
#include "reference_proc/share_modes_linux.h"

namespace reference_proc {
namespace {

pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

bool folder_exists(LPCSTR name) {
  char folder[4096] = ".";
  if (const char* slash = std::strrchr(name, '/')) {
    const auto length = static_cast<std::size_t>(slash - name) + 1;
    if (length >= sizeof folder) return false;
    std::memcpy(folder, name, length);
    folder[length] = '\0';
  }
  struct stat status;
  return stat(folder, &status) == 0;
}

// OP-27: the most specific code that is documented.
UINT error_code(int error, LPCSTR name) {
  switch (error) {
    case ENOENT:
      return folder_exists(name) ? MMIOERR_FILENOTFOUND : MMIOERR_PATHNOTFOUND;
    case ENOTDIR:
    case ENAMETOOLONG:
      return MMIOERR_PATHNOTFOUND;
    case EACCES:
    case EPERM:
    case EROFS:
    case EEXIST:
      return MMIOERR_ACCESSDENIED;
    case EBUSY:
    case ETXTBSY:
      return MMIOERR_SHARINGVIOLATION;
    case EMFILE:
    case ENFILE:
      return MMIOERR_TOOMANYOPENFILES;
    case ENOMEM:
      return MMIOERR_OUTOFMEMORY;
    case EISDIR:
    case ELOOP:
      return MMIOERR_INVALIDFILE;
    case EHOSTDOWN:
    case ENETDOWN:
    case ENETUNREACH:
    case ESTALE:
      return MMIOERR_NETWORKERROR;
    default:
      return MMIOERR_CANNOTOPEN;
  }
}

int access_flags(const OpenMode& mode) {
  if (mode.create) return (mode.write && !mode.read ? O_WRONLY : O_RDWR) | O_CREAT;
  return !mode.write ? O_RDONLY : mode.read ? O_RDWR : O_WRONLY;
}

// What open() leaves to be done. O_TRUNC is not used: a file that somebody denies us must not lose its
// contents.
UINT claim_and_empty(int descriptor, LPCSTR name, const OpenMode& mode) {
  struct stat status;
  if (fstat(descriptor, &status) != 0) return error_code(errno, name);
  if (S_ISDIR(status.st_mode)) return MMIOERR_INVALIDFILE;
  if (const UINT error = claim_share(descriptor, status, mode)) return error;
  // A device keeps what it has, as it does with O_TRUNC.
  if (!mode.create || !S_ISREG(status.st_mode) || ftruncate(descriptor, 0) == 0) return 0;
  const UINT error = error_code(errno, name);
  release_share(descriptor);
  return error;
}

int rename_without_replacing(LPCSTR old_name, LPCSTR new_name) {
  if (renameat2(AT_FDCWD, old_name, AT_FDCWD, new_name, RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  // This file system knows no RENAME_NOREPLACE; looking first is the best that is left.
  struct stat status;
  if (lstat(new_name, &status) == 0) return EEXIST;
  return rename(old_name, new_name) == 0 ? 0 : errno;
}

}  // namespace

UINT os_open(LPCSTR name, const OpenMode& mode, OsFile& file) {
  const int descriptor = open(name, access_flags(mode) | O_CLOEXEC, 0666);
  if (descriptor < 0) return error_code(errno, name);
  const UINT error = claim_and_empty(descriptor, name, mode);
  if (error != 0) close(descriptor);
  file = descriptor;
  return error;
}

UINT os_adopt(DWORD handle, OsFile& file, LONG& position) {
  const int descriptor = static_cast<int>(handle);
  const int flags = fcntl(descriptor, F_GETFL);
  // With O_APPEND pwrite() would ignore the position it is given.
  if (flags < 0 || (flags & O_APPEND) != 0) return MMIOERR_INVALIDFILE;
  struct stat status;
  if (fstat(descriptor, &status) != 0 || S_ISDIR(status.st_mode)) return MMIOERR_INVALIDFILE;
  const off_t offset = lseek(descriptor, 0, SEEK_CUR);
  if (offset < 0 || offset > std::numeric_limits<LONG>::max()) return MMIOERR_INVALIDFILE;
  file = descriptor;
  position = static_cast<LONG>(offset);
  return 0;
}

UINT os_close(OsFile file) {
  const int descriptor = static_cast<int>(file);
  release_share(descriptor);
  // After EINTR the descriptor is closed on Linux: trying again could close somebody else's.
  return close(descriptor) == 0 || errno == EINTR ? 0 : MMIOERR_CANNOTCLOSE;
}

UINT os_delete(LPCSTR name) {
  if (has_share(name)) return MMIOERR_SHARINGVIOLATION;
  return unlink(name) == 0 ? 0 : error_code(errno, name);
}

UINT os_rename(LPCSTR old_name, LPCSTR new_name) {
  struct stat status;
  if (lstat(old_name, &status) != 0) return error_code(errno, old_name);
  if (has_share(old_name)) return MMIOERR_SHARINGVIOLATION;
  const int error = rename_without_replacing(old_name, new_name);
  return error == 0 ? 0 : error_code(error, new_name);
}

std::int64_t os_size(OsFile file) {
  struct stat status;
  return fstat(static_cast<int>(file), &status) == 0 ? status.st_size : -1;
}

LONG os_read_at(OsFile file, LONG position, char* data, LONG count) {
  LONG done = 0;
  while (done < count) {
    const ssize_t step = pread(static_cast<int>(file), data + done, static_cast<std::size_t>(count - done),
                               off_t{position} + done);
    if (step < 0 && errno == EINTR) continue;
    if (step < 0 && done == 0) return -1;
    if (step <= 0) break;
    done += static_cast<LONG>(step);
  }
  return done;
}

LONG os_write_at(OsFile file, LONG position, const char* data, LONG count) {
  LONG done = 0;
  while (done < count) {
    const ssize_t step = pwrite(static_cast<int>(file), data + done, static_cast<std::size_t>(count - done),
                                off_t{position} + done);
    if (step < 0 && errno == EINTR) continue;
    if (step <= 0) return done > 0 ? done : -1;
    done += static_cast<LONG>(step);
  }
  return done;
}

OsLock::OsLock() { pthread_mutex_lock(&lock); }
OsLock::~OsLock() { pthread_mutex_unlock(&lock); }

}  // namespace reference_proc
