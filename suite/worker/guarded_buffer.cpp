#include "suite/worker/guarded_buffer.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "suite/script/pattern.h"

namespace mmio_cts {
namespace {

// Room for most messages to come; what is not touched costs nothing.
constexpr std::size_t least_memory = 64 << 10;

// With guard pages: so many of the last messages' memory stays inaccessible. A system does not bear them all.
constexpr std::size_t most_taken_back = 16;

constexpr bool is_changed(std::uint8_t byte) { return byte != GuardedBuffer::fill; }

/// Many bytes at a time: nearly always there is nothing to find.
bool is_untouched(std::span<const std::uint8_t> bytes) {
  using Block = std::array<std::uint64_t, 8>;
  constexpr std::uint64_t filled = 0x0101010101010101u * GuardedBuffer::fill;
  for (; bytes.size() >= sizeof(Block); bytes = bytes.subspan(sizeof(Block))) {
    Block block;
    std::memcpy(block.data(), bytes.data(), sizeof block);
    std::uint64_t changed = 0;
    for (const std::uint64_t word : block) changed |= word ^ filled;
    if (changed != 0) return false;
  }
  return std::none_of(bytes.begin(), bytes.end(), is_changed);
}

}  // namespace

std::span<std::uint8_t> GuardedBuffer::prepare(std::size_t size, Touched what) {
  if (guard_ != Guard::none) {
    if (pages_.size() > most_taken_back) pages_.pop_front();
    return pages_.emplace_back(std::make_unique<GuardedPages>(size, guard_, what, fill))->bytes();
  }
  const std::size_t total = guard_before + size + guard_after;
  if (memory_.bytes().size() < total)
    outgrown_.push_back(std::exchange(memory_, HighMemory(std::max(total, least_memory))));
  size_ = size;
  std::memset(memory_.bytes().data(), fill, total);
  return bytes();
}

void GuardedBuffer::make_read_only() {
  if (!pages_.empty()) pages_.back()->make_read_only();
}

std::span<std::uint8_t> GuardedBuffer::bytes() const {
  if (guard_ != Guard::none) return pages_.back()->bytes();
  return memory_.bytes().subspan(guard_before, size_);
}

std::span<const std::uint8_t> GuardedBuffer::before() const {
  if (guard_ == Guard::none) return memory_.bytes().first(guard_before);
  return guard_ == Guard::behind ? pages_.back()->slack() : std::span<const std::uint8_t>();
}

std::span<const std::uint8_t> GuardedBuffer::behind() const {
  if (guard_ == Guard::none) return memory_.bytes().subspan(guard_before + size_, guard_after);
  return guard_ == Guard::before ? pages_.back()->slack() : std::span<const std::uint8_t>();
}

void GuardedBuffer::spoil() {
  if (!pages_.empty()) return pages_.back()->take_back();
  if (memory_.bytes().empty()) return;
  const auto room = bytes();
  for (std::size_t i = 0; i < room.size(); ++i) room[i] = spoilt_byte(i);
}

std::int64_t GuardedBuffer::overrun() const {
  if (is_untouched(behind()) && is_untouched(before())) return 0;
  const auto last = std::find_if(behind().rbegin(), behind().rend(), is_changed);
  if (last != behind().rend()) return behind().rend() - last;
  const auto first = std::find_if(before().begin(), before().end(), is_changed);
  return first - before().end();
}

std::int64_t GuardedBuffer::first_change(std::size_t from) const {
  const auto looked_at = bytes().subspan(from);
  if (is_untouched(looked_at)) return -1;
  const auto changed = std::find_if(looked_at.begin(), looked_at.end(), is_changed);
  return changed == looked_at.end() ? -1 : changed - bytes().begin();
}

}  // namespace mmio_cts
