#pragma once

#include <cstdint>
#include <span>

namespace mmio_cts {

/// Guard pages come in this size, in bytes: a multiple of what any system here calls a page.
inline constexpr std::size_t page_size = 4096;

enum class PageAccess { none, read, all };

/// Whole pages that this process has mapped. Throws std::bad_alloc if the system refuses.
void set_access(std::span<std::uint8_t> pages, PageAccess access);

}  // namespace mmio_cts
