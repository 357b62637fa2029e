#include "suite/worker/guarded_pages.h"

#include <cstring>

#include "suite/worker/page_access.h"

namespace mmio_cts {
namespace {

// A procedure that counts elements for bytes, or copies a block where less was asked for, ends in here.
constexpr std::size_t guard_size = 16 * page_size;

GuardedPages* all = nullptr;

}  // namespace

GuardedPages::GuardedPages(std::size_t size, Guard guard, Touched what, std::uint8_t fill)
    : memory_(guard_size + (size + page_size) / page_size * page_size + guard_size),
      pages_(memory_.bytes().subspan(guard_size, memory_.bytes().size() - 2 * guard_size)),
      what_(what),
      next_(all) {
  const std::size_t rest = pages_.size() - size;
  bytes_ = guard == Guard::behind ? pages_.last(size) : pages_.first(size);
  slack_ = guard == Guard::behind ? pages_.first(rest) : pages_.last(rest);
  std::memset(pages_.data(), fill, pages_.size());
  set_access(memory_.bytes().first(guard_size), PageAccess::none);
  set_access(memory_.bytes().last(guard_size), PageAccess::none);
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
  const auto whole = memory_.bytes();
  return address >= whole.data() && address < whole.data() + whole.size();
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
