// clang-format off
#include <windows.h>
#include <tlhelp32.h>
// clang-format on

#include <array>

#include "suite/worker/held_resources.h"

namespace mmio_cts {
namespace {

// Handles are multiples of four, the lowest that are free. Wine's count of them is always 0, so they are
// tried. So many in a row that are none are the end.
std::int64_t handles() {
  constexpr std::uintptr_t step = 4, longest_gap = 1024, last = 0x100000;
  std::int64_t count = 0;
  for (std::uintptr_t handle = step, seen = 0; handle < last && handle - seen < longest_gap * step;
       handle += step) {
    DWORD flags = 0;
    if (!GetHandleInformation(reinterpret_cast<HANDLE>(handle), &flags)) continue;
    seen = handle;
    ++count;
  }
  return count;
}

std::int64_t threads() {
  const HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
  if (snapshot == INVALID_HANDLE_VALUE) return 0;
  std::int64_t count = 0;
  THREADENTRY32 entry = {};
  entry.dwSize = sizeof entry;
  for (BOOL more = Thread32First(snapshot, &entry); more; more = Thread32Next(snapshot, &entry))
    if (entry.th32OwnerProcessID == GetCurrentProcessId()) ++count;
  CloseHandle(snapshot);
  return count;
}

std::int64_t committed() {
  std::int64_t bytes = 0;
  MEMORY_BASIC_INFORMATION memory = {};
  for (const char* at = nullptr; VirtualQuery(at, &memory, sizeof memory) != 0;
       at = static_cast<const char*>(memory.BaseAddress) + memory.RegionSize)
    if (memory.State == MEM_COMMIT) bytes += static_cast<std::int64_t>(memory.RegionSize);
  return bytes;
}

std::int64_t allocated() {
  std::array<HANDLE, 64> heaps;
  const DWORD number = GetProcessHeaps(static_cast<DWORD>(heaps.size()), heaps.data());
  std::int64_t bytes = 0;
  for (DWORD i = 0; i < number && i < heaps.size(); ++i) {
    PROCESS_HEAP_ENTRY entry = {};
    HeapLock(heaps[i]);
    while (HeapWalk(heaps[i], &entry))
      if ((entry.wFlags & PROCESS_HEAP_ENTRY_BUSY) != 0) bytes += entry.cbData;
    HeapUnlock(heaps[i]);
  }
  return bytes;
}

}  // namespace

HeldResources held_resources() { return {handles(), threads(), allocated(), committed()}; }

}  // namespace mmio_cts
