#include <windows.h>

#include <array>

#include "suite/worker/code_location.h"

namespace mmio_cts {

// The system knows them, and may be asked in an exception filter.
void note_loaded_modules() {}

CodeLocation locate_code(const void* address) {
  static std::array<char, MAX_PATH> path;
  MEMORY_BASIC_INFORMATION memory = {};
  if (VirtualQuery(address, &memory, sizeof memory) == 0 || memory.Type != MEM_IMAGE) return {};
  const DWORD length = GetModuleFileNameA(static_cast<HMODULE>(memory.AllocationBase), path.data(),
                                          static_cast<DWORD>(path.size()));
  const std::string_view whole(path.data(), length);
  return {
      whole.substr(whole.find_last_of('\\') + 1),
      reinterpret_cast<std::uintptr_t>(address) - reinterpret_cast<std::uintptr_t>(memory.AllocationBase)};
}

}  // namespace mmio_cts
