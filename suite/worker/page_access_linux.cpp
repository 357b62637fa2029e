#include <sys/mman.h>

#include <new>

#include "suite/worker/page_access.h"

namespace mmio_cts {

void set_access(std::span<std::uint8_t> pages, PageAccess access) {
  const int protection = access == PageAccess::none   ? PROT_NONE
                         : access == PageAccess::read ? PROT_READ
                                                      : PROT_READ | PROT_WRITE;
  if (mprotect(pages.data(), pages.size(), protection) != 0) throw std::bad_alloc();
}

}  // namespace mmio_cts
