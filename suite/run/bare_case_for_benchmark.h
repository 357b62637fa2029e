#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>

namespace mmio_cts {

/// The least that a case in a process of its own can cost. What a machine takes for it is the yardstick that
/// times of cases are told in, so that they mean something on another machine as well. Measured by a program
/// of its own, bare_program_for_benchmark.c.
class BareCase {
 public:
  /// Throws std::system_error if there is no process or pipe left.
  explicit BareCase(const std::string& program);
  ~BareCase();
  BareCase(const BareCase&) = delete;
  BareCase& operator=(const BareCase&) = delete;

  /// How long it takes, once: fork, dlopen, exit, wait; with a folder, which must not exist, also mkdir, a
  /// file written there and removed, rmdir. Throws std::runtime_error if `library` cannot be loaded, or
  /// something else fails.
  std::chrono::nanoseconds measure(const std::string& library, const std::string& folder = "");

  pid_t pid() const { return pid_; }

  /// Memory of the program that is resident, in bytes.
  std::int64_t resident_bytes() const;

 private:
  pid_t pid_ = -1;
  int requests_ = -1;
  int answers_ = -1;
};

}  // namespace mmio_cts
