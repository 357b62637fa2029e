#include "reference_proc/write_buffer.h"

#include <cstring>

namespace reference_proc {

void WriteBuffer::add(LONG at, const char* data, LONG count) {
  if (size == 0) position = at;
  std::memcpy(bytes + size, data, static_cast<std::size_t>(count));
  size += count;
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
