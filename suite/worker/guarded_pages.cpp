#include "suite/worker/guarded_pages.h"

#include <algorithm>
#include <cstring>

#include "suite/worker/page_access.h"

namespace mmio_cts {
namespace {

// A procedure that counts elements for bytes, or copies a block where less was asked for, ends in here.
constexpr std::size_t guard_size = 16 * page_size;

// Taken from the system in one piece for many messages: to map and unmap memory for each takes longer than
// the message. Nobody may touch it until it is handed out.
constexpr std::size_t least_block = 4 << 20;
// Never given back at the end of the process, which does that faster.
auto& block = *new std::shared_ptr<const HighMemory>;
std::size_t used_of_block = 0;

/// The next part of the block, or the first of a new one.
std::span<std::uint8_t> take(std::size_t size) {
  if (block == nullptr || block->bytes().size() - used_of_block < size) {
    block = std::make_shared<const HighMemory>(std::max(size, least_block));
    used_of_block = 0;
    set_access(block->bytes(), PageAccess::none);
  }
  const auto part = block->bytes().subspan(used_of_block, size);
  used_of_block += size;
  return part;
}

GuardedPages* all = nullptr;

}  // namespace

GuardedPages::GuardedPages(std::size_t size, Guard guard, Touched what, std::uint8_t fill)
    : whole_(take(guard_size + (size + page_size) / page_size * page_size + guard_size)),
      pages_(whole_.subspan(guard_size, whole_.size() - 2 * guard_size)),
      what_(what),
      next_(all) {
  block_ = block;
  const std::size_t rest = pages_.size() - size;
  bytes_ = guard == Guard::behind ? pages_.last(size) : pages_.first(size);
  slack_ = guard == Guard::behind ? pages_.first(rest) : pages_.last(rest);
  set_access(pages_, PageAccess::all);
  std::memset(pages_.data(), fill, pages_.size());
  all = this;
}

GuardedPages::~GuardedPages() {
  GuardedPages** link = &all;
  while (*link != this) link = &(*link)->next_;
  *link = next_;
}

void GuardedPages::make_read_only() { set_access(pages_, PageAccess::read); }

void GuardedPages::take_back() {
  set_access(pages_, PageAccess::none);
  taken_back_ = true;
}

bool GuardedPages::holds(const std::uint8_t* address) const {
  return address >= whole_.data() && address < whole_.data() + whole_.size();
}

TouchObservation GuardedPages::describe(const std::uint8_t* address, bool writes) const {
  TouchObservation touch;
  touch.what = what_;
  touch.writes = writes;
  touch.too_late = taken_back_;
  if (address >= bytes_.data() + bytes_.size())
    touch.distance = address - (bytes_.data() + bytes_.size()) + 1;
  else if (address < bytes_.data())
    touch.distance = address - bytes_.data();
  return touch;
}

TouchObservation GuardedPages::find(const void* address, bool writes) {
  const auto* at = static_cast<const std::uint8_t*>(address);
  for (const GuardedPages* pages = all; pages != nullptr; pages = pages->next_)
    if (pages->holds(at)) return pages->describe(at, writes);
  return {};
}

}  // namespace mmio_cts
