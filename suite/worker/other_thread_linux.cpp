#include <thread>

#include "suite/worker/other_thread.h"

namespace mmio_cts {

struct OtherThread::Native {
  std::thread thread;
};

OtherThread::OtherThread(std::function<void()> work)
    : work_(std::move(work)), native_(new Native{std::thread(work_)}) {}

OtherThread::~OtherThread() { native_->thread.join(); }

void give_way() { std::this_thread::yield(); }

}  // namespace mmio_cts
