#include <windows.h>

#include <system_error>

#include "suite/worker/other_thread.h"

namespace mmio_cts {
namespace {

DWORD WINAPI call(void* work) {
  (*static_cast<const std::function<void()>*>(work))();
  return 0;
}

}  // namespace

// std::thread would pull a thread library into the worker that the candidate may have in another version.
void run_on_another_thread(const std::function<void()>& there, const std::function<void()>& here) {
  const HANDLE thread =
      CreateThread(nullptr, 0, call, const_cast<std::function<void()>*>(&there), 0, nullptr);
  if (thread == nullptr)
    throw std::system_error(static_cast<int>(GetLastError()), std::system_category(), "CreateThread");
  here();
  WaitForSingleObject(thread, INFINITE);
  CloseHandle(thread);
}

void give_way() { SwitchToThread(); }

}  // namespace mmio_cts
