#pragma once

#include <string>

namespace mmio_cts {

/// Has `function` called instead of the function `name` of ntdll, by whoever calls that: its first
/// instructions are written over. Sets `original` to a copy of them, which still goes to the system. For as
/// long as the process lives. Empty, or why it cannot be had.
std::string redirect_system_call(const char* name, void* function, void** original);

}  // namespace mmio_cts
