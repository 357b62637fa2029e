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

struct OtherThread::Native {
  HANDLE thread;
};

// std::thread would pull a thread library into the worker that the candidate may have in another version.
OtherThread::OtherThread(std::function<void()> work)
    : work_(std::move(work)),
      native_(std::make_unique<Native>(Native{CreateThread(nullptr, 0, call, &work_, 0, nullptr)})) {
  if (native_->thread == nullptr)
    throw std::system_error(static_cast<int>(GetLastError()), std::system_category(), "CreateThread");
}

OtherThread::~OtherThread() {
  WaitForSingleObject(native_->thread, INFINITE);
  CloseHandle(native_->thread);
}

void give_way() { SwitchToThread(); }

}  // namespace mmio_cts
