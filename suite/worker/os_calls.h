#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "suite/script/fault.h"
#include "suite/trace/os_call.h"

namespace mmio_cts {

/// Has what this process asks of the system about files noticed from now on, by whichever module loaded by
/// now it is asked; for as long as the process lives. Empty, or why it cannot be had here. Not seen: what is
/// done through a mapping or io_uring, or by system calls of code that is no part of a loaded module.
std::string watch_os_calls();

/// Forgets what was recorded, and records until take_os_calls. Neither does anything before watch_os_calls.
void record_os_calls();

/// From now on this befalls what is recorded; none: nothing more. Only where watch_os_calls succeeded. The
/// text says why this system has no such fault; empty if it has.
std::string inject_fault(const std::optional<Fault>& fault);

inline constexpr std::size_t most_os_calls = 4096;

/// Ends the recording. What was recorded, in the order in which the calls began; and how many more there were
/// than most_os_calls.
std::pair<std::vector<OsCall>, std::uint64_t> take_os_calls();

}  // namespace mmio_cts
