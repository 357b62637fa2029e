#include <thread>

#include "suite/worker/other_thread.h"

namespace mmio_cts {

void run_on_another_thread(const std::function<void()>& work) { std::thread(work).join(); }

}  // namespace mmio_cts
