#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "suite/run/shared_file.h"

namespace mmio_cts {

SharedFile::SharedFile(const std::filesystem::path& path, std::size_t size) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  void* memory = MAP_FAILED;
  if (file >= 0 && ftruncate(file, static_cast<off_t>(size)) == 0)
    memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  const int error = errno;
  if (file >= 0) close(file);
  if (memory == MAP_FAILED) throw std::system_error(error, std::generic_category(), path.string());
  bytes_ = {static_cast<std::byte*>(memory), size};
}

SharedFile::~SharedFile() { munmap(bytes_.data(), bytes_.size()); }

}  // namespace mmio_cts
