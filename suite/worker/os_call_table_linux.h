#pragma once

#include <sys/syscall.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "suite/script/fault.h"

namespace mmio_cts {

/// A call that is recorded, and which of its arguments says what; -1: none.
struct WatchedCall {
  int number;
  OsCallKind kind;
  int descriptor = -1, path = -1, size = -1, offset = -1;
  bool is_vector = false;  ///< the bytes are in several parts; `size` says in how many
};

inline constexpr std::array watched_calls = [] {
  using enum OsCallKind;
  return std::array{
      WatchedCall{SYS_open, open, -1, 0},
      WatchedCall{SYS_creat, open, -1, 0},
      WatchedCall{SYS_openat, open, -1, 1},
      WatchedCall{SYS_openat2, open, -1, 1},
      WatchedCall{SYS_close, close, 0},
      WatchedCall{SYS_read, read, 0, -1, 2},
      WatchedCall{SYS_pread64, read, 0, -1, 2, 3},
      WatchedCall{SYS_readv, read, 0, -1, 2, -1, true},
      WatchedCall{SYS_preadv, read, 0, -1, 2, 3, true},
      WatchedCall{SYS_preadv2, read, 0, -1, 2, 3, true},
      WatchedCall{SYS_write, write, 0, -1, 2},
      WatchedCall{SYS_pwrite64, write, 0, -1, 2, 3},
      WatchedCall{SYS_writev, write, 0, -1, 2, -1, true},
      WatchedCall{SYS_pwritev, write, 0, -1, 2, 3, true},
      WatchedCall{SYS_pwritev2, write, 0, -1, 2, 3, true},
      WatchedCall{SYS_sendfile, write, 0, -1, 3},
      WatchedCall{SYS_copy_file_range, write, 2, -1, 4},
      WatchedCall{SYS_lseek, seek, 0, -1, 1},
      WatchedCall{SYS_fsync, flush, 0},
      WatchedCall{SYS_fdatasync, flush, 0},
      WatchedCall{SYS_sync_file_range, flush, 0},
      WatchedCall{SYS_syncfs, flush, 0},
      WatchedCall{SYS_ftruncate, truncate, 0, -1, 1},
      WatchedCall{SYS_fallocate, truncate, 0, -1, 3},
      WatchedCall{SYS_truncate, truncate, -1, 0, 1},
      WatchedCall{SYS_rename, rename, -1, 0},
      WatchedCall{SYS_renameat, rename, -1, 1},
      WatchedCall{SYS_renameat2, rename, -1, 1},
      WatchedCall{SYS_unlink, remove, -1, 0},
      WatchedCall{SYS_unlinkat, remove, -1, 1},
      WatchedCall{SYS_mmap, map, 4, -1, 1, 5},
      WatchedCall{SYS_execve, exec},
      WatchedCall{SYS_execveat, exec},
  };
}();

/// What must be known of, but is not recorded.
inline constexpr std::array calls_known_of = {SYS_dup,   SYS_dup2,         SYS_dup3,
                                              SYS_fcntl, SYS_rt_sigaction, SYS_rt_sigprocmask};

inline constexpr std::size_t end_of_call_numbers = 512;
inline constexpr auto row_of_call = [] {
  std::array<std::int8_t, end_of_call_numbers> rows;
  rows.fill(-1);
  for (std::size_t i = 0; i < watched_calls.size(); ++i)
    rows[static_cast<std::size_t>(watched_calls[i].number)] = static_cast<std::int8_t>(i);
  return rows;
}();

}  // namespace mmio_cts
