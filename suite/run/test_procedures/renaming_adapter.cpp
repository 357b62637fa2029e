// An adapter in a library of its own: its store are plain files, under other names than the cases'.
#include <cstdio>
#include <cstring>
#include <string>

#include "suite/candidate/adapter.h"

namespace {

std::string stored_name(const char* name) { return std::string("stored-") + name; }

}  // namespace

int mmio_cts_prepare_open(const char* name, char*, char* sent_name, int room) {
  const std::string stored = stored_name(name);
  if (stored.size() >= static_cast<std::size_t>(room)) return MMIO_CTS_CANNOT;
  std::strcpy(sent_name, stored.c_str());
  return MMIO_CTS_SEND_NAME;
}

int mmio_cts_put(const char* name, const void* data, int size) {
  if (data == nullptr) return std::remove(stored_name(name).c_str()) == 0 ? 0 : MMIO_CTS_CANNOT;
  std::FILE* file = std::fopen(stored_name(name).c_str(), "wb");
  if (file == nullptr) return MMIO_CTS_CANNOT;
  const bool written =
      std::fwrite(data, 1, static_cast<std::size_t>(size), file) == static_cast<std::size_t>(size);
  return std::fclose(file) == 0 && written ? 0 : MMIO_CTS_CANNOT;
}
