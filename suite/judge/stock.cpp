#include "suite/judge/stock.h"

#include <algorithm>

namespace mmio_cts {
namespace {

constexpr std::size_t needed_intervals = 3;
constexpr std::int64_t least_heap = 8, least_mapped = 4096;  // bytes

}  // namespace

std::optional<std::string_view> Stock::take(const StockObservation& seen, std::int64_t rounds) {
  if (last_)
    intervals_.push_back({rounds, seen.handles - last_->handles, seen.threads - last_->threads,
                          seen.heap - last_->heap, seen.mapped - last_->mapped});
  last_ = seen;
  if (told_ || intervals_.size() < needed_intervals) return std::nullopt;
  const auto grew = [&](std::int64_t Interval::*what, std::int64_t least) {
    return std::all_of(intervals_.end() - needed_intervals, intervals_.end(),
                       [&](const Interval& one) { return one.*what >= least * one.rounds; });
  };
  told_ = true;
  // Whoever keeps a file open keeps memory for it, too: one cause, one finding.
  if (grew(&Interval::handles, 1)) return "handle_leaked";
  if (grew(&Interval::threads, 1)) return "thread_leaked";
  if (grew(&Interval::heap, least_heap) || grew(&Interval::mapped, least_mapped)) return "memory_leaked";
  told_ = false;
  return std::nullopt;
}

}  // namespace mmio_cts
