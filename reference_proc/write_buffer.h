#pragma once

#include "reference_proc/os_file.h"

namespace reference_proc {

/// What WRITE confirmed but the file does not have yet: `size` bytes that belong at `position`.
struct WriteBuffer {
  static constexpr LONG capacity = 4096;

  LONG position = 0;
  LONG size = 0;
  char bytes[capacity];

  LONG end() const { return position + size; }

  /// Whether `count` bytes for `at` can be added: there is room, and they continue what is there.
  bool accepts(LONG at, LONG count) const {
    return size == 0 ? count <= capacity : at == end() && count <= capacity - size;
  }

  /// Only what it accepts.
  void add(LONG at, const char* data, LONG count);

  /// Completes a READ of `count` bytes for `at`, of which the file gave the first `done`, with what the file
  /// does not have yet. The number of bytes that are then right.
  LONG complete_read(LONG at, char* data, LONG count, LONG done) const;

  /// Brings everything into the file. False if that failed: what was not written stays, to be tried again.
  bool write_out(OsFile file);
};

}  // namespace reference_proc
