#include "suite/cli/selftest/in_parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace mmio_cts {

void in_parallel(std::size_t count, unsigned jobs, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  const auto serve = [&] {
    for (std::size_t at = next++; at < count; at = next++) work(at);
  };
  std::vector<std::thread> threads(std::max(1u, jobs) - 1);
  for (std::thread& thread : threads) thread = std::thread(serve);
  serve();
  for (std::thread& thread : threads) thread.join();
}

unsigned trial_jobs(int asked) {
  return asked > 0 ? static_cast<unsigned>(asked) : 2 * std::max(1u, std::thread::hardware_concurrency());
}

}  // namespace mmio_cts
