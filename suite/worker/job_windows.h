#pragma once

namespace mmio_cts {

/// From now on every process that this one starts, and every one that those start, ends no later than this
/// one, however it ends. Where the system refuses that, nothing changes.
void confine_children();

/// Ends all of them that are there.
void end_children();

}  // namespace mmio_cts
