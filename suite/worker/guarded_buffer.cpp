#include "suite/worker/guarded_buffer.h"

#include <algorithm>
#include <cstring>

#include "suite/script/pattern.h"

namespace mmio_cts {
namespace {

constexpr bool is_changed(std::uint8_t byte) { return byte != GuardedBuffer::fill; }

}  // namespace

std::span<std::uint8_t> GuardedBuffer::prepare(std::size_t size) {
  const std::size_t total = guard_before + size + guard_after;
  if (memory_.bytes().size() < total) memory_ = HighMemory(total);
  size_ = size;
  std::memset(memory_.bytes().data(), fill, total);
  return bytes();
}

void GuardedBuffer::spoil() {
  if (memory_.bytes().empty()) return;
  const auto room = bytes();
  for (std::size_t i = 0; i < room.size(); ++i) room[i] = spoilt_byte(i);
}

std::int64_t GuardedBuffer::overrun() const {
  const auto behind = memory_.bytes().subspan(guard_before + size_, guard_after);
  const auto last = std::find_if(behind.rbegin(), behind.rend(), is_changed);
  if (last != behind.rend()) return behind.rend() - last;
  const auto before = memory_.bytes().first(guard_before);
  const auto first = std::find_if(before.begin(), before.end(), is_changed);
  return first - before.end();
}

std::int64_t GuardedBuffer::first_change(std::size_t from) const {
  const auto looked_at = bytes().subspan(from);
  const auto changed = std::find_if(looked_at.begin(), looked_at.end(), is_changed);
  return changed == looked_at.end() ? -1 : changed - bytes().begin();
}

}  // namespace mmio_cts
