#include "suite/worker/os_call_recorder.h"

#include <algorithm>
#include <iterator>

namespace mmio_cts {

std::pair<std::vector<OsCall>, std::uint64_t> OsCallRecorder::take() {
  records_ = false;
  const std::size_t count = count_, kept = std::min(count, calls_.size());
  std::vector<OsCall> taken;
  std::transform(calls_.begin(), calls_.begin() + static_cast<std::ptrdiff_t>(kept),
                 std::back_inserter(taken), [](const OsCallRecord& record) {
                   return OsCall{record.kind, record.file,   record.offset,   record.asked,
                                 record.done, record.status, record.injected, record.name.data()};
                 });
  return {std::move(taken), count - kept};
}

}  // namespace mmio_cts
