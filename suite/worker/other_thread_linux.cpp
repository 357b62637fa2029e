#include <thread>

#include "suite/worker/other_thread.h"

namespace mmio_cts {

void run_on_another_thread(const std::function<void()>& there, const std::function<void()>& here) {
  std::thread thread(there);
  here();
  thread.join();
}

void give_way() { std::this_thread::yield(); }

}  // namespace mmio_cts
