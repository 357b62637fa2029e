#pragma once

#include <cstdint>
#include <string_view>

namespace mmio_cts {

/// A place in the code of a module, by which somebody who has its symbols finds the line.
struct CodeLocation {
  std::string_view module;    ///< its file name, "foo.dll"; empty if the address is in none
  std::uintptr_t offset = 0;  ///< bytes from its first one in memory
};

/// Takes down which modules are loaded now: called again after each library.
void note_loaded_modules();

/// Where `address` lies. Allocates nothing: for signal and exception handlers. The name is there until the
/// next call of either function.
CodeLocation locate_code(const void* address);

}  // namespace mmio_cts
