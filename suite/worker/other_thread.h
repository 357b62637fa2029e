#pragma once

#include <atomic>
#include <functional>
#include <memory>

namespace mmio_cts {

/// A thread that does one thing.
class OtherThread {
 public:
  /// `work` must not throw. Throws std::system_error if no thread is to be had.
  explicit OtherThread(std::function<void()> work);
  /// Waits for its end.
  ~OtherThread();
  OtherThread(const OtherThread&) = delete;
  OtherThread& operator=(const OtherThread&) = delete;

 private:
  struct Native;
  std::function<void()> work_;
  std::unique_ptr<Native> native_;
};

/// Lets another thread run, if one wants to.
void give_way();

/// A thread that does something at the same moment as the one that made it, as often as wanted. In between it
/// is awake: to wake it would take longer than what is done at once.
class Partner {
 public:
  /// Throws std::system_error if no thread is to be had.
  Partner() : thread_([this] { serve(); }) {}
  ~Partner() { leaves_ = true; }
  Partner(const Partner&) = delete;
  Partner& operator=(const Partner&) = delete;

  /// Calls `here` on this thread and `there` on the other one. Both are ready before either begins, and both
  /// are done on return. Neither must throw.
  void run_at_once(const std::function<void()>& here, const std::function<void()>& there);

 private:
  void serve();

  const std::function<void()>* there_ = nullptr;
  std::atomic<int> asked_ = 0, ready_ = 0, done_ = 0;
  std::atomic<bool> leaves_ = false;
  OtherThread thread_;  // the last member: it uses the others until its end
};

}  // namespace mmio_cts
