#pragma once

#include <cstdint>
#include <map>

namespace mmio_cts {

struct Answer;

/// What messages of one kind asked of the system about files, all together: no verdict, but an author may
/// wonder at it. More bytes read than answered are read ahead, more written than answered written again.
struct SystemUse {
  std::int64_t messages = 0;
  std::int64_t calls = 0;
  std::int64_t bytes_answered = 0;  ///< of READ, WRITE and WRITEFLUSH
  std::int64_t bytes_read = 0;
  std::int64_t bytes_written = 0;
  std::int64_t syncs = 0;  ///< fsync, FlushFileBuffers and the like
};

/// By message number.
using SystemUses = std::map<std::uint32_t, SystemUse>;

void add(const SystemUses& more, SystemUses& all);

/// Takes down what one message asked, where that was observed.
void note_system_use(const Answer& answer, SystemUses& all);

}  // namespace mmio_cts
