#include "reference_proc/open_file.h"
#include "reference_proc/reference_proc.h"
#include "reference_proc/seek.h"
#include "reference_proc/transfer.h"

namespace reference_proc {
namespace {

LRESULT read_file(MMIOINFO* info, LPARAM lParam1, LPARAM lParam2) {
  const Transfer wanted = read_transfer(info, lParam1, lParam2);
  if (!wanted) return -1;  // RD-06
  const LONG done = os_read_at(wanted.file->os, wanted.position, wanted.data, wanted.count);
  if (done < 0) return -1;    // RD-06: -1, not 1; RD-14: lDiskOffset stays
  info->lDiskOffset += done;  // RD-08: by what was read, not by what was asked for
  return done;                // RD-05: 0 at the end of the file
}

LRESULT write_file(MMIOINFO* info, LPARAM lParam1, LPARAM lParam2) {
  const Transfer wanted = write_transfer(info, lParam1, lParam2);
  if (!wanted) return -1;  // WR-05
  const LONG done = os_write_at(wanted.file->os, wanted.position, wanted.data, wanted.count);
  if (done < 0) return -1;    // WR-05, WF-05: -1, not 1; WR-08: lDiskOffset stays
  info->lDiskOffset += done;  // WR-07: a disk that filled up took only a part
  return done;
}

}  // namespace
}  // namespace reference_proc

LRESULT CALLBACK PlainFileProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2) {
  using namespace reference_proc;
  auto* info = reinterpret_cast<MMIOINFO*>(lpmmioinfo);
  switch (uMsg) {
    case MMIOM_OPEN:
      return open_file(info, reinterpret_cast<LPCSTR>(lParam1));
    case MMIOM_CLOSE:
      return close_file(info, lParam1);
    case MMIOM_READ:
      return read_file(info, lParam1, lParam2);
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:  // WF-08: without a buffer they are the same
      return write_file(info, lParam1, lParam2);
    case MMIOM_SEEK:
      return seek_file(info, lParam1, lParam2);
    case MMIOM_RENAME:  // RN-05: info may be missing or unwritable
      return rename_file(reinterpret_cast<LPCSTR>(lParam1), reinterpret_cast<LPCSTR>(lParam2));
    default:
      return 0;  // IP-02: nothing is known of the parameters, so they are not touched (US-08)
  }
}
