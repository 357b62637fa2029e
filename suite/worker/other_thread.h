#pragma once

#include <functional>

namespace mmio_cts {

/// Calls `there`, which must not throw, on a thread made for it; meanwhile `here` on this one; and waits for
/// both. Throws std::system_error if no thread is to be had, before anything is called.
void run_on_another_thread(
    const std::function<void()>& there, const std::function<void()>& here = [] {});

/// The same, but both are ready before either begins.
void run_at_once(const std::function<void()>& here, const std::function<void()>& there);

/// Lets another thread run, if one wants to.
void give_way();

}  // namespace mmio_cts
