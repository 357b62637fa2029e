#pragma once

#include <cstddef>
#include <span>

#include "suite/worker/frame.h"

namespace mmio_cts {

/// Serves cases, one after the other, until the channel ends. On Linux each case has a process of its own; on
/// Windows all share this one. Returns the process's exit code.
int serve(Channel& channel, std::span<std::byte> trace);

}  // namespace mmio_cts
