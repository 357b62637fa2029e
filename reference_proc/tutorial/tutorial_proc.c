/* A complete I/O procedure for plain files. Begin at the end, with IOProc.
 * Names such as RD-08 are requirements: `tools/mmio-cts describe RD-08` shows one. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "suite/contract/mmsystem.h"

/* An element of adwInfo has 32 bits: a pointer needs two of them (ABI-11). */
static void remember(MMIOINFO* info, FILE* file) { memcpy(info->adwInfo, &file, sizeof file); }
static FILE* remembered(const MMIOINFO* info) {
  FILE* file;
  memcpy(&file, info->adwInfo, sizeof file);
  return file;
}
static LRESULT code_of_errno(void) { return errno == ENOENT ? MMIOERR_FILENOTFOUND : MMIOERR_CANNOTOPEN; }

static LRESULT open_file(MMIOINFO* info, LPCSTR name) {
  const char* mode = (info->dwFlags & MMIO_RWMODE) == MMIO_READ ? "rb" : "r+b"; /* OP-24 */
  if (info->dwFlags & MMIO_CREATE) mode = "w+b";                                /* FL-04 */
  remember(info, NULL); /* what the application left there is no file of ours (OP-18) */
  if (name == NULL || info->dwFlags & (MMIO_DELETE | MMIO_PARSE | MMIO_EXIST)) return MMIOERR_CANNOTOPEN;
  FILE* file = fopen(name, mode);
  if (file == NULL) return code_of_errno();
  setvbuf(file, NULL, _IONBF, 0); /* nothing stays behind in a buffer, so that WRITE flushes, too (WF-08) */
  remember(info, file);
  return MMSYSERR_NOERROR; /* lDiskOffset is 0 already (OP-09) */
}

static LRESULT close_file(MMIOINFO* info) {
  FILE* file = remembered(info);
  remember(info, NULL);
  return file != NULL && fclose(file) == 0 ? MMSYSERR_NOERROR : MMIOERR_CANNOTCLOSE;
}

/* The file, ready at lDiskOffset; NULL if it was opened in the mode that forbids this (OP-22, OP-23). */
static FILE* file_for(const MMIOINFO* info, LONG count, DWORD forbidden) {
  FILE* file = remembered(info);
  if (file == NULL || count < 0 || (info->dwFlags & MMIO_RWMODE) == forbidden) return NULL;
  return fseek(file, info->lDiskOffset, SEEK_SET) == 0 ? file : NULL;
}

static LRESULT read_file(MMIOINFO* info, void* data, LONG count) {
  FILE* file = file_for(info, count, MMIO_WRITE);
  if (file == NULL) return -1; /* RD-06: -1, not 1 */
  clearerr(file);
  const LONG done = (LONG)fread(data, 1, (size_t)count, file);
  if (done == 0 && ferror(file)) return -1; /* RD-14: lDiskOffset stays */
  info->lDiskOffset += done;                /* RD-08: by what was read, not by what was asked for */
  return done;                              /* RD-05: 0 at the end */
}

static LRESULT write_file(MMIOINFO* info, const void* data, LONG count) {
  FILE* file = file_for(info, count, MMIO_READ);
  if (file == NULL || count > 0x7FFFFFFF - info->lDiskOffset) return -1; /* WR-05, WF-05: -1, not 1 */
  const LONG done = (LONG)fwrite(data, 1, (size_t)count, file);
  if (done == 0 && count > 0) return -1; /* WR-08, WF-16: lDiskOffset stays */
  info->lDiskOffset += done;             /* WR-07: a disk that filled up took only a part */
  return done;
}

static LRESULT seek_file(MMIOINFO* info, LONG offset, LPARAM origin) {
  FILE* file = remembered(info);
  if (file == NULL || origin < SEEK_SET || origin > SEEK_END) return -1; /* SK-14 */
  if (origin == SEEK_END && fseek(file, 0, SEEK_END) != 0) return -1;
  long long target = origin == SEEK_CUR ? info->lDiskOffset + (long long)offset : offset;
  if (origin == SEEK_END) target = ftell(file) - target; /* SK-08: as Windows' own count; to add is right, too */
  if (target < 0 || target > 0x7FFFFFFF) return -1; /* SK-12: lDiskOffset stays */
  return info->lDiskOffset = (LONG)target;          /* SK-09, SK-11 */
}

LRESULT CALLBACK IOProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2) {
  MMIOINFO* info = (MMIOINFO*)lpmmioinfo;
  if (uMsg == MMIOM_OPEN) return open_file(info, (LPCSTR)lParam1);
  if (uMsg == MMIOM_CLOSE) return close_file(info);
  if (uMsg == MMIOM_READ) return read_file(info, (void*)lParam1, (LONG)lParam2);
  if (uMsg == MMIOM_WRITE || uMsg == MMIOM_WRITEFLUSH) return write_file(info, (void*)lParam1, (LONG)lParam2);
  if (uMsg == MMIOM_SEEK) return seek_file(info, (LONG)lParam1, lParam2);
  if (uMsg == MMIOM_RENAME) return rename((LPCSTR)lParam1, (LPCSTR)lParam2) == 0 ? 0 : code_of_errno();
  return 0; /* IP-02: a message that it does not know changes nothing (US-05) */
}
