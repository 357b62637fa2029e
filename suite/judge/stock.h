#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "suite/trace/observation.h"

namespace mmio_cts {

/// What the process holds from one stock-taking to the next, and whether it grows with each round of messages
/// in between. What a procedure keeps for later comes to a stand, and a table grows now and then; a leak
/// takes at least one piece, or eight bytes of heap, or a page, in every round of every interval.
class Stock {
 public:
  /// All that was opened is gone with the process.
  void forget() { *this = {}; }

  /// `rounds`: since the last one. The code of the finding, once three intervals in a row have shown a leak;
  /// none before, and none again.
  std::optional<std::string_view> take(const StockObservation& seen, std::int64_t rounds);

 private:
  struct Interval {
    std::int64_t rounds, handles, threads, heap, mapped;  ///< how many more
  };
  std::optional<StockObservation> last_;
  std::vector<Interval> intervals_;
  bool told_ = false;
};

}  // namespace mmio_cts
