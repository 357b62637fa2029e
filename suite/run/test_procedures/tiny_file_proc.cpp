// A correct procedure over a file of the C library: what the tests of the runner see a case through with.
#include <cstdint>
#include <cstdio>
#include <cstring>

#include "suite/contract/mmsystem.h"

namespace {

FILE* file_of(const MMIOINFO& info) {
  FILE* file;
  std::memcpy(&file, info.adwInfo, sizeof file);
  return file;
}

LRESULT open_file(MMIOINFO& info, const char* name) {
  const char* mode = (info.dwFlags & MMIO_CREATE) != 0           ? "w+b"
                     : (info.dwFlags & MMIO_RWMODE) == MMIO_READ ? "rb"
                                                                 : "r+b";
  FILE* file = std::fopen(name, mode);
  if (file == nullptr) return MMIOERR_CANNOTOPEN;
  std::memcpy(info.adwInfo, &file, sizeof file);
  return 0;
}

LRESULT transferred(MMIOINFO& info, std::size_t count, LPARAM wanted) {
  if (count == 0 && wanted != 0 && std::ferror(file_of(info)) != 0) return -1;
  info.lDiskOffset += static_cast<LONG>(count);
  return static_cast<LRESULT>(count);
}

LRESULT write_file(MMIOINFO& info, const char* data, LPARAM count) {
  FILE* file = file_of(info);
  std::fseek(file, info.lDiskOffset, SEEK_SET);
  std::clearerr(file);
  return transferred(info, std::fwrite(data, 1, static_cast<std::size_t>(count), file), count);
}

LRESULT read_file(MMIOINFO& info, char* data, LPARAM count) {
  FILE* file = file_of(info);
  std::fseek(file, info.lDiskOffset, SEEK_SET);
  std::clearerr(file);
  return transferred(info, std::fread(data, 1, static_cast<std::size_t>(count), file), count);
}

LRESULT flush_file(MMIOINFO& info, LRESULT written) { return std::fflush(file_of(info)) == 0 ? written : -1; }

}  // namespace

extern "C" LRESULT CALLBACK TinyFileProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2) {
  MMIOINFO& info = *reinterpret_cast<MMIOINFO*>(lpmmioinfo);
  switch (uMsg) {
    case MMIOM_OPEN:
      return open_file(info, reinterpret_cast<const char*>(lParam1));
    case MMIOM_CLOSE:
      return std::fclose(file_of(info)) == 0 ? 0 : MMIOERR_CANNOTCLOSE;
    case MMIOM_READ:
      return read_file(info, reinterpret_cast<char*>(lParam1), lParam2);
    case MMIOM_WRITE:
      return write_file(info, reinterpret_cast<const char*>(lParam1), lParam2);
    case MMIOM_WRITEFLUSH:
      return flush_file(info, write_file(info, reinterpret_cast<const char*>(lParam1), lParam2));
    case MMIOM_SEEK:
      std::fseek(file_of(info), lParam2 == SEEK_CUR ? info.lDiskOffset : 0, SEEK_SET);
      std::fseek(file_of(info), static_cast<long>(lParam1),
                 lParam2 == SEEK_CUR ? SEEK_CUR : static_cast<int>(lParam2));
      return info.lDiskOffset = static_cast<LONG>(std::ftell(file_of(info)));
    default:
      return 0;
  }
}
