#pragma once

#include <functional>

namespace mmio_cts {

/// Calls `work`, which must not throw, on a thread made for it and waits for its end. Throws
/// std::system_error if there is none to be had.
void run_on_another_thread(const std::function<void()>& work);

}  // namespace mmio_cts
