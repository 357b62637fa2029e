#pragma once

#include <cstddef>
#include <functional>

namespace mmio_cts {

/// Calls `work(i)` for each i below `count`, the lower ones first, on `jobs` threads, of which this one is
/// one. `work` throws nothing.
void in_parallel(std::size_t count, unsigned jobs, const std::function<void(std::size_t)>& work);

/// As many threads as `asked`; two for each processor if that is 0: much of what a procedure takes, most of
/// all under Wine or when it hangs, is waiting.
unsigned trial_jobs(int asked);

}  // namespace mmio_cts
