#pragma once

#include "reference_proc/os_file.h"
#include "reference_proc/write_buffer.h"

/// OPEN, CLOSE, RENAME, and the state of an open file: the same for both procedures.
namespace reference_proc {

/// The state of one open file (IP-10: one for each, nothing is shared).
struct OpenFile {
  OsFile os = 0;
  bool readable = false;
  bool writable = false;
  bool adopted = false;  ///< the application opened it, and may want it back
  WriteBuffer buffer;    ///< PlainFileProc leaves it empty

  DWORD number = 0;  ///< what adwInfo says of it
  OpenFile* next = nullptr;
};

/// MMIOM_OPEN: opens or deletes what `name` and info->dwFlags ask for. 0 or an error code.
LRESULT open_file(MMIOINFO* info, LPCSTR name);

/// The file that `info` has open; null if there is none, whatever adwInfo holds.
OpenFile* find_open_file(const MMIOINFO* info);

/// MMIOM_CLOSE: releases everything, also if it reports an error (CL-07). 0 or an error code.
LRESULT close_file(MMIOINFO* info, LPARAM flags);

/// MMIOM_RENAME: needs neither an open file nor an MMIOINFO (RN-05). 0 or an error code.
LRESULT rename_file(LPCSTR old_name, LPCSTR new_name);

}  // namespace reference_proc
