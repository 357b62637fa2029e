#include "reference_proc/open_file.h"
#include "reference_proc/reference_proc.h"
#include "reference_proc/seek.h"
#include "reference_proc/transfer.h"

namespace reference_proc {
namespace {

LRESULT write_out_and_close(MMIOINFO* info, LPARAM flags) {
  OpenFile* file = find_open_file(info);
  const bool saved = file == nullptr || file->buffer.write_out(file->os);  // CL-11
  const LRESULT error = close_file(info, flags);                           // CL-07: in any case
  return saved ? error : MMIOERR_CANNOTWRITE;
}

LRESULT read_file(MMIOINFO* info, LPARAM lParam1, LPARAM lParam2) {
  const Transfer wanted = read_transfer(info, lParam1, lParam2);
  if (!wanted) return -1;           // RD-06
  if (wanted.count == 0) return 0;  // RD-10
  const LONG stored = os_read_at(wanted.file->os, wanted.position, wanted.data, wanted.count);
  if (stored < 0) return -1;  // RD-06: -1, not 1; RD-14: lDiskOffset stays
  // WR-10: what was written is part of what is read, also while a full disk keeps it from being stored.
  const LONG done = wanted.file->buffer.complete_read(wanted.position, wanted.data, wanted.count, stored);
  info->lDiskOffset += done;  // RD-08: by what was read, not by what was asked for
  return done;                // RD-05: 0 at the end of the file
}

LRESULT write_file(MMIOINFO* info, LPARAM lParam1, LPARAM lParam2) {
  const Transfer wanted = write_transfer(info, lParam1, lParam2);
  if (!wanted) return -1;           // WR-05
  if (wanted.count == 0) return 0;  // WR-09
  WriteBuffer& buffer = wanted.file->buffer;
  if (!buffer.accepts(wanted.position, wanted.count)) {
    // WR-08: if this fails none of the new data is taken, and the older data waits for the next try.
    if (!buffer.write_out(wanted.file->os)) return -1;
  }
  LONG done = wanted.count;
  if (buffer.accepts(wanted.position, wanted.count))
    buffer.add(wanted.position, wanted.data, wanted.count);
  else  // WR-16: more than the buffer ever holds
    done = os_write_at(wanted.file->os, wanted.position, wanted.data, wanted.count);
  if (done < 0) return -1;    // WR-05: -1, not 1
  info->lDiskOffset += done;  // WR-07: a disk that filled up took only a part
  return done;
}

// The new data goes past the buffer, so that only what is in the file is confirmed, and an error leaves
// nothing of it behind to be written later (WF-11).
LRESULT write_flush(MMIOINFO* info, LPARAM lParam1, LPARAM lParam2) {
  const Transfer wanted = write_transfer(info, lParam1, lParam2);
  if (!wanted) return -1;                                          // WF-12
  if (!wanted.file->buffer.write_out(wanted.file->os)) return -1;  // WF-09, WF-10: what was written before
  const LONG done = os_write_at(wanted.file->os, wanted.position, wanted.data, wanted.count);
  if (done < 0) return -1;    // WF-05: -1, not 1; WF-16: lDiskOffset stays
  info->lDiskOffset += done;  // WF-06
  return done;                // WF-04: the bytes of this call only
}

}  // namespace
}  // namespace reference_proc

LRESULT CALLBACK BufferedFileProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2) {
  using namespace reference_proc;
  auto* info = reinterpret_cast<MMIOINFO*>(lpmmioinfo);
  switch (uMsg) {
    case MMIOM_OPEN:
      return open_file(info, reinterpret_cast<LPCSTR>(lParam1));
    case MMIOM_CLOSE:
      return write_out_and_close(info, lParam1);
    case MMIOM_READ:
      return read_file(info, lParam1, lParam2);
    case MMIOM_WRITE:
      return write_file(info, lParam1, lParam2);
    case MMIOM_WRITEFLUSH:
      return write_flush(info, lParam1, lParam2);
    case MMIOM_SEEK:
      return seek_file(info, lParam1, lParam2);
    case MMIOM_RENAME:  // RN-05: info may be missing or unwritable
      return rename_file(reinterpret_cast<LPCSTR>(lParam1), reinterpret_cast<LPCSTR>(lParam2));
    default:
      return 0;  // IP-02: nothing is known of the parameters, so they are not touched (US-08)
  }
}
