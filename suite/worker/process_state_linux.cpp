#include <limits.h>
#include <unistd.h>

#include <array>
#include <cstring>

#include "suite/worker/process_state.h"

namespace mmio_cts {

struct ProcessState::Settings {
  std::array<char, PATH_MAX> directory;
};

ProcessState::ProcessState() : settings_(std::make_unique<Settings>()) {
  if (getcwd(settings_->directory.data(), settings_->directory.size()) == nullptr)
    settings_->directory.front() = '\0';
}

ProcessState::~ProcessState() = default;

std::vector<CallerState> ProcessState::put_back() {
  std::array<char, PATH_MAX> now;
  const char* before = settings_->directory.data();
  // One that was removed has no name any more.
  if (getcwd(now.data(), now.size()) == nullptr || std::strcmp(now.data(), before) == 0) return {};
  return chdir(before) == 0 ? std::vector{CallerState::working_directory} : std::vector<CallerState>{};
}

}  // namespace mmio_cts
