#pragma once

#include "suite/contract/mmsystem.h"

/// A file in the application's memory. The application owns it, keeps it for as long as it is open, and may
/// look at it at any time: MemoryProc keeps nothing back.
struct MemoryFile {
  char* data = nullptr;  ///< from std::malloc, or null
  LONG size = 0;         ///< bytes that are part of the file
  LONG room = 0;         ///< bytes at `data`
  bool exists = false;   ///< OPEN without MMIO_CREATE finds it
  LONG opens = 0;        ///< how many opens there are; MMIO_DELETE is refused then
  // Operations that are to fail, counted down; negative: all. A real store needs no such members: it fails by
  // itself.
  int reads_to_fail = 0;
  int writes_to_fail = 0;
  int opens_to_fail = 0;

  MemoryFile() = default;
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
};

/// Gives the procedure what it wants in adwInfo at OPEN: the address of a MemoryFile, which does not fit one
/// element on x64 (ABI-11): its lower half in adwInfo[0], its upper half in adwInfo[1].
void put_memory_file(MMIOINFO& info, MemoryFile* file);

extern "C" {

/// Reads and writes a MemoryFile. Names mean nothing to it: OPEN is sent NULL (OP-03). SEEK_END: size -
/// offset (SK-08). Seeking past the end succeeds (SK-15); WRITE there fills the gap with zeros. It does not
/// rename.
LRESULT CALLBACK MemoryProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2);
}
