#include <windows.h>

#include <new>

#include "suite/worker/page_access.h"

namespace mmio_cts {

void set_access(std::span<std::uint8_t> pages, PageAccess access) {
  const DWORD protection = access == PageAccess::none   ? PAGE_NOACCESS
                           : access == PageAccess::read ? PAGE_READONLY
                                                        : PAGE_READWRITE;
  DWORD before = 0;
  if (!VirtualProtect(pages.data(), pages.size(), protection, &before)) throw std::bad_alloc();
}

}  // namespace mmio_cts
