// The adapter of MemoryProc: what an application does for it, in terms of suite/candidate/adapter.h. It is
// the worked example of such an adapter; every one looks like this, with its own way to reach the store.
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>

#include "reference_proc/memory_proc.h"
#include "suite/candidate/adapter.h"

namespace {

std::map<std::string, MemoryFile>& files() {
  static std::map<std::string, MemoryFile> all;
  return all;
}

}  // namespace

// A file that nobody has made is passed, too: it is the procedure that must refuse it.
int mmio_cts_prepare_open(const char* name, char* lpmmioinfo, char*, int) {
  put_memory_file(*reinterpret_cast<MMIOINFO*>(lpmmioinfo), &files()[name]);
  return MMIO_CTS_SEND_NULL;
}

int mmio_cts_put(const char* name, const void* data, int size) {
  MemoryFile& file = files()[name];
  file.exists = data != nullptr;
  file.size = 0;
  if (data == nullptr || size == 0) return 0;
  char* copy = static_cast<char*>(std::realloc(file.data, static_cast<std::size_t>(size)));
  if (copy == nullptr) return MMIO_CTS_CANNOT;
  std::memcpy(copy, data, static_cast<std::size_t>(size));
  file.data = copy;
  file.size = file.room = size;
  return 0;
}

int mmio_cts_view(const char* name, void* data, int room) {
  const auto found = files().find(name);
  if (found == files().end() || !found->second.exists) return MMIO_CTS_NO_SUCH_FILE;
  const MemoryFile& file = found->second;
  if (room > 0 && file.size > 0)
    std::memcpy(data, file.data, static_cast<std::size_t>(room < file.size ? room : file.size));
  return file.size;
}

int mmio_cts_fail_next(const char* name, unsigned message, int times) {
  MemoryFile& file = files()[name];
  switch (message) {
    case MMIOM_READ:
      file.reads_to_fail = times;
      return 0;
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
      file.writes_to_fail = times;
      return 0;
    case MMIOM_OPEN:
      file.opens_to_fail = times;
      return 0;
    default:
      return MMIO_CTS_CANNOT;
  }
}

void mmio_cts_clean_up() { files().clear(); }
