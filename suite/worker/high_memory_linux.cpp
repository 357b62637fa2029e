#include <sys/mman.h>

#include <new>

#include "suite/worker/high_memory.h"

namespace mmio_cts {

HighMemory::HighMemory(std::size_t size) {
  // The kernel places mappings downwards from the stack, far above 4 GiB.
  void* memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  bytes_ = {static_cast<std::uint8_t*>(memory), size};
}

HighMemory::~HighMemory() {
  if (!bytes_.empty()) munmap(bytes_.data(), bytes_.size());
}

}  // namespace mmio_cts
