#pragma once

#include "reference_proc/open_file.h"

namespace reference_proc {

/// What a READ, WRITE or WRITEFLUSH asks for, once the checks that all of them need are passed. False if they
/// were not: then the answer is -1, and nothing has changed.
struct Transfer {
  OpenFile* file = nullptr;
  LONG position = 0;  ///< where the first byte is in the file
  char* data = nullptr;
  LONG count = 0;

  explicit operator bool() const { return file != nullptr; }
};

/// For READ. Asks for no byte beyond LONG_MAX, where lDiskOffset could not follow.
Transfer read_transfer(const MMIOINFO* info, LPARAM lParam1, LPARAM lParam2);

/// For WRITE and WRITEFLUSH. Refuses to go beyond LONG_MAX: part of the data would be lost.
Transfer write_transfer(const MMIOINFO* info, LPARAM lParam1, LPARAM lParam2);

}  // namespace reference_proc
