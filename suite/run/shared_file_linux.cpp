#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "suite/run/shared_file.h"

namespace mmio_cts {

SharedFile::SharedFile(const std::filesystem::path& path, std::size_t size)
    : file_(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)), size_(size) {
  struct stat status = {};
  if (file_ >= 0 && ftruncate(file_, static_cast<off_t>(size)) == 0 && fstat(file_, &status) == 0) {
    identity_ = status.st_ino;
    return;
  }
  const int error = errno;
  if (file_ >= 0) close(file_);
  throw std::system_error(error, std::generic_category(), path.string());
}

SharedFile::~SharedFile() { close(file_); }

std::vector<std::byte> SharedFile::read(std::size_t size) const {
  std::vector<std::byte> bytes(std::min(size, size_));
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t count = pread(file_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    done += static_cast<std::size_t>(count);
  }
  bytes.resize(done);
  return bytes;
}

void SharedFile::write(std::span<const std::byte> bytes) const {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t count = pwrite(file_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) throw std::system_error(errno, std::generic_category(), "cannot write a worker's trace");
    done += static_cast<std::size_t>(count);
  }
}

bool SharedFile::is_at(const std::filesystem::path& path) const {
  struct stat status = {};
  return lstat(path.c_str(), &status) == 0 && status.st_ino == identity_ &&
         static_cast<std::size_t>(status.st_size) == size_;
}

}  // namespace mmio_cts
