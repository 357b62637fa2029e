#include <windows.h>

#include <new>

#include "suite/worker/high_memory.h"

namespace mmio_cts {

HighMemory::HighMemory(std::size_t size) {
  void* memory = VirtualAlloc(nullptr, size, MEM_RESERVE | MEM_COMMIT | MEM_TOP_DOWN, PAGE_READWRITE);
  if (memory == nullptr) throw std::bad_alloc();
  bytes_ = {static_cast<std::uint8_t*>(memory), size};
}

HighMemory::~HighMemory() {
  if (!bytes_.empty()) VirtualFree(bytes_.data(), 0, MEM_RELEASE);
}

}  // namespace mmio_cts
