#pragma once

#include <cstdint>

#include "suite/contract/mmsystem.h"

/// All that the procedures need of the operating system, in the terms of an I/O procedure: UINT results are
/// 0 or an MMIOERR code, LONG results a number of bytes or -1. Nothing throws.
namespace reference_proc {

/// A descriptor on Linux, a HANDLE on Windows.
using OsFile = std::intptr_t;

/// What an OPEN asks for.
struct OpenMode {
  bool read = false;
  bool write = false;
  bool create = false;      ///< make it if it is missing, empty it if it is there
  bool deny_read = false;   ///< nobody else may have or get it open for reading
  bool deny_write = false;  ///< nobody else may have or get it open for writing
};

UINT os_open(LPCSTR name, const OpenMode& mode, OsFile& file);

/// Takes over a file that the application opened; `position` becomes its file pointer's. Refuses what has no
/// positions, such as a pipe.
UINT os_adopt(DWORD handle, OsFile& file, LONG& position);

/// The file is closed also when an error is reported.
UINT os_close(OsFile file);

UINT os_delete(LPCSTR name);

/// Never replaces a file.
UINT os_rename(LPCSTR old_name, LPCSTR new_name);

/// In bytes; -1 if it cannot be found out.
std::int64_t os_size(OsFile file);

/// Reads until `count` bytes are there or the file ends. An error counts only if it came before the first
/// byte.
LONG os_read_at(OsFile file, LONG position, char* data, LONG count);

/// Writes until `count` bytes are stored. An error counts only if it came before the first byte; after that
/// the result tells how many bytes came before it.
LONG os_write_at(OsFile file, LONG position, const char* data, LONG count);

/// While one lives no other thread has one. Guards what is kept for all open files together.
class OsLock {
 public:
  OsLock();
  ~OsLock();
  OsLock(const OsLock&) = delete;
  OsLock& operator=(const OsLock&) = delete;
};

}  // namespace reference_proc
