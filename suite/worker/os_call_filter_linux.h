#pragma once

#include <span>

namespace mmio_cts {

/// From now on these system calls raise SIGSYS instead of being performed, in all threads and processes that
/// come from this one, where they are made by a module that is loaded now; but for the program itself, which
/// may therefore perform them in the handler. False if the system refuses.
///
/// It is by the place of the call that a process which executes another program goes free of it: a filter
/// lasts for good, and the other program has no handler. Its modules lie elsewhere.
bool trap_system_calls(std::span<const int> numbers);

}  // namespace mmio_cts
