#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suite/contract/open_flags.h"
#include "suite/worker/adopted_handle.h"

namespace mmio_cts {

std::optional<AdoptedHandle> AdoptedHandle::open(const std::string& name, std::uint32_t flags) {
  const std::uint32_t mode = flags & open_flag::mode_mask;
  int how = mode == open_flag::read ? O_RDONLY : mode == open_flag::write ? O_WRONLY : O_RDWR;
  if ((flags & open_flag::create) != 0) how |= O_CREAT | O_TRUNC;
  const int descriptor = ::open(name.c_str(), how | O_CLOEXEC, 0666);
  if (descriptor < 0) return std::nullopt;
  return AdoptedHandle(descriptor);
}

AdoptedHandle::AdoptedHandle(std::intptr_t number) : number_(number) {
  struct stat state = {};
  fstat(static_cast<int>(number_), &state);
  file_[0] = state.st_dev;
  file_[1] = state.st_ino;
}

AdoptedHandle::~AdoptedHandle() {
  if (is_open()) close(static_cast<int>(number_));
}

bool AdoptedHandle::is_open() const {
  struct stat state = {};
  return number_ != none && fstat(static_cast<int>(number_), &state) == 0 && file_[0] == state.st_dev &&
         file_[1] == state.st_ino;
}

}  // namespace mmio_cts
