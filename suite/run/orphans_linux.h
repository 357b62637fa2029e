#pragma once

#include <sys/types.h>

#include <functional>

/// Processes that a native worker left behind as it was ended, in whatever group and session they are. Of
/// Wine's none is among them: what it keeps running serves all its programs, and those of a candidate end
/// with their worker's job. Safe to use from several threads.
namespace mmio_cts::orphans {

/// From now on processes whose parents end become children of this one. What it has for children by then is
/// its own.
void adopt();

/// Calls `start`, which gives the id of a new child of this process, or -1: it is a worker.
pid_t start_worker(const std::function<pid_t()>& start);

/// The worker has ended and was waited for.
void forget_worker(pid_t worker);

/// Ends all children that are no workers, and theirs.
void end_all();

}  // namespace mmio_cts::orphans
