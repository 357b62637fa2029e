#pragma once

#include <memory>
#include <vector>

#include "suite/contract/caller_state.h"

namespace mmio_cts {

/// Settings that a process has but one of, so that they are the application's and no procedure's (ABI-18):
/// the working directory, and on Windows the error mode.
class ProcessState {
 public:
  /// Takes down what they are now.
  ProcessState();
  ~ProcessState();
  ProcessState(const ProcessState&) = delete;
  ProcessState& operator=(const ProcessState&) = delete;

  /// Puts back what is no more as it was, and says what that is. What cannot be told counts as unchanged.
  std::vector<CallerState> put_back();

 private:
  struct Settings;
  std::unique_ptr<Settings> settings_;
};

}  // namespace mmio_cts
