#include "reference_proc/write_buffer.h"

#include <algorithm>
#include <cstring>

namespace reference_proc {

void WriteBuffer::add(LONG at, const char* data, LONG count) {
  if (size == 0) position = at;
  std::memcpy(bytes + size, data, static_cast<std::size_t>(count));
  size += count;
}

LONG WriteBuffer::complete_read(LONG at, char* data, LONG count, LONG done) const {
  if (size == 0 || end() <= at) return done;
  const LONG from = std::clamp(position - at, LONG{0}, count);
  const LONG to = std::min(end() - at, count);
  if (done < from) {
    // The file ends before the buffer begins. Only a READ that got nothing is sure to be in that gap.
    if (done > 0) return done;
    std::memset(data, 0, static_cast<std::size_t>(from));
  }
  const LONG first = std::max(at - position, LONG{0});
  std::memcpy(data + from, bytes + first, static_cast<std::size_t>(to - from));
  return std::max(done, to);
}

bool WriteBuffer::write_out(OsFile file) {
  const LONG written = os_write_at(file, position, bytes, size);
  if (written == size) {
    size = 0;
    return true;
  }
  if (written > 0) {
    std::memmove(bytes, bytes + written, static_cast<std::size_t>(size - written));
    position += written;
    size -= written;
  }
  return false;
}

}  // namespace reference_proc
