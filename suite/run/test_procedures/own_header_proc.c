/* A file format of its own: a mark of 16 bytes and then the data as it is. Files without the mark are
 * refused, and none grows past 5000 bytes of data: a WRITE that would cross that answers -1 and writes
 * nothing (WR-13).
 *
 * A FILE without a buffer for every open file, in a table of fixed size. */
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "suite/contract/mmsystem.h"

enum { mark_size = 16, most = 5000, places = 200 };
static const char mark[mark_size] = "FILE WITH A MARK";

typedef struct {
  FILE* file; /* NULL: the place is free */
  int readable;
  int writable;
} Place;
static Place table[places];
static atomic_flag busy = ATOMIC_FLAG_INIT;

static LRESULT code_of_errno(void) {
  if (errno == ENOENT) return MMIOERR_FILENOTFOUND;
  if (errno == ENOTDIR) return MMIOERR_PATHNOTFOUND;
  if (errno == EMFILE) return MMIOERR_TOOMANYOPENFILES;
  return errno == EACCES ? MMIOERR_ACCESSDENIED : MMIOERR_CANNOTOPEN;
}

/* adwInfo[0] is the place and one, so that 0 is none (IP-07). */
static Place* place_of(const MMIOINFO* info) {
  const DWORD number = info->adwInfo[0];
  return number >= 1 && number <= places && table[number - 1].file != NULL ? &table[number - 1] : NULL;
}

static int enter(MMIOINFO* info, Place place) {
  DWORD i = 0;
  while (atomic_flag_test_and_set(&busy)) continue;
  while (i < places && table[i].file != NULL) ++i;
  if (i < places) table[i] = place;
  atomic_flag_clear(&busy);
  info->adwInfo[0] = i < places ? i + 1 : 0;
  return i < places;
}

static int has_mark(FILE* file) {
  char found[mark_size];
  return fread(found, 1, mark_size, file) == mark_size && memcmp(found, mark, mark_size) == 0;
}

static LRESULT open_file(MMIOINFO* info, LPCSTR name) {
  const DWORD flags = info->dwFlags, mode = flags & MMIO_RWMODE;
  const int writable = mode == MMIO_WRITE || mode == MMIO_READWRITE, create = (flags & MMIO_CREATE) != 0;
  FILE* file;
  int is_right;
  info->adwInfo[0] = 0;
  if (name == NULL || mode == MMIO_RWMODE || (flags & (MMIO_PARSE | MMIO_EXIST | MMIO_GETTEMP)) != 0)
    return MMIOERR_CANNOTOPEN;
  if ((flags & MMIO_DELETE) != 0) return remove(name) == 0 ? MMSYSERR_NOERROR : code_of_errno();
  file = fopen(name, create ? "w+b" : writable ? "r+b" : "rb");
  if (file == NULL) return code_of_errno();
  setvbuf(file, NULL, _IONBF, 0);
  is_right = create ? fwrite(mark, 1, mark_size, file) == mark_size : has_mark(file);
  if (!is_right || !enter(info, (Place){file, mode != MMIO_WRITE, writable})) {
    fclose(file);
    return is_right ? MMIOERR_TOOMANYOPENFILES : create ? MMIOERR_CANNOTWRITE : MMIOERR_INVALIDFILE;
  }
  info->lDiskOffset = 0; /* OP-10 */
  return MMSYSERR_NOERROR;
}

static LRESULT close_file(MMIOINFO* info) {
  Place* place = place_of(info);
  FILE* file = place != NULL ? place->file : NULL;
  if (file == NULL) return MMIOERR_CANNOTCLOSE;
  info->adwInfo[0] = 0;
  place->file = NULL;
  return fclose(file) == 0 ? MMSYSERR_NOERROR : MMIOERR_CANNOTCLOSE;
}

static LRESULT read_file(MMIOINFO* info, char* buffer, LONG count) {
  const Place* place = place_of(info);
  LONG done;
  if (place == NULL || !place->readable || count < 0) return -1;
  if (count == 0 || info->lDiskOffset > most) return 0; /* RD-10, RD-15 */
  if (fseek(place->file, mark_size + info->lDiskOffset, SEEK_SET) != 0) return -1;
  done = (LONG)fread(buffer, 1, (size_t)count, place->file);
  if (done == 0 && ferror(place->file)) {
    clearerr(place->file);
    return -1;
  }
  info->lDiskOffset += done;
  return done;
}

static LRESULT write_file(MMIOINFO* info, const char* data, LONG count) {
  const Place* place = place_of(info);
  LONG done;
  if (place == NULL || !place->writable || count < 0) return -1;
  if (count == 0) return 0; /* WR-09; nothing is ever pending, so that WF-10 holds as well */
  if (info->lDiskOffset > most || count > most - info->lDiskOffset) return -1;
  if (fseek(place->file, mark_size + info->lDiskOffset, SEEK_SET) != 0) return -1;
  done = (LONG)fwrite(data, 1, (size_t)count, place->file);
  clearerr(place->file);
  if (done == 0) return -1;
  info->lDiskOffset += done;
  return done;
}

static LRESULT seek_file(MMIOINFO* info, LONG offset, LONG origin) {
  const Place* place = place_of(info);
  long long target = offset;
  if (place == NULL) return -1;
  if (origin == SEEK_CUR) {
    target += info->lDiskOffset;
  } else if (origin == SEEK_END) {
    if (fseek(place->file, 0, SEEK_END) != 0) return -1;
    target += ftell(place->file) - mark_size;
  } else if (origin != SEEK_SET) {
    return -1;
  }
  if (target < 0 || target > 0x7FFFFFFF) return -1; /* SK-09, SK-20 */
  return info->lDiskOffset = (LONG)target;
}

LRESULT CALLBACK IOProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2) {
  MMIOINFO* info = (MMIOINFO*)lpmmioinfo;
  switch (uMsg) {
    case MMIOM_OPEN:
      return open_file(info, (LPCSTR)lParam1);
    case MMIOM_CLOSE:
      return close_file(info);
    case MMIOM_READ:
      return read_file(info, (char*)lParam1, (LONG)lParam2);
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
      return write_file(info, (const char*)lParam1, (LONG)lParam2);
    case MMIOM_SEEK:
      return seek_file(info, (LONG)lParam1, (LONG)lParam2);
    case MMIOM_RENAME:
      return rename((LPCSTR)lParam1, (LPCSTR)lParam2) == 0 ? MMSYSERR_NOERROR : code_of_errno();
    default:
      return 0;
  }
}
