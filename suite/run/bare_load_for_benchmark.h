#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>

namespace mmio_cts {

/// The least that a case in a process of its own can cost: fork, dlopen of a library, exit, wait. What a
/// machine takes for it is the yardstick that times of cases are told in, so that they mean something on
/// another machine as well.
///
/// Measured by a process that is made for it. Its fork costs as little as it does where little memory is in
/// use: make one before anything large is loaded.
class BareLoad {
 public:
  /// Throws std::system_error if the host has no process or pipe left.
  BareLoad();
  ~BareLoad();
  BareLoad(const BareLoad&) = delete;
  BareLoad& operator=(const BareLoad&) = delete;

  /// How long it takes, once. Throws std::runtime_error if `library` cannot be loaded.
  std::chrono::nanoseconds measure(const std::string& library);

 private:
  [[noreturn]] static void serve(int requests, int answers);

  pid_t server_ = -1;
  int requests_ = -1;
  int answers_ = -1;
};

}  // namespace mmio_cts
