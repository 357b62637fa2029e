#pragma once

#include <span>

/// Landlock is the kernel's means by which a process gives up rights, for itself and all that it starts.
namespace mmio_cts::landlock {

/// The version that there is; 0 if there is none.
int version();

/// From these versions on files can be moved to another folder, files be kept from being cut off, and TCP be
/// refused.
constexpr int version_with_moving = 2, version_with_truncation = 3, version_with_tcp = 4;

/// From now on the calling process writes nowhere but in these folders and to these files; those that there
/// are not do not count. Reading stays free. Where the kernel can do that, processes and abstract sockets
/// outside cannot be reached either; nor, if `refuse_tcp`, can anybody by TCP. Only async-signal-safe
/// functions are called. False if the kernel refuses.
bool restrict_writing(std::span<const char* const> paths, bool refuse_tcp);

}  // namespace mmio_cts::landlock
