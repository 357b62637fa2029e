#include <windows.h>

#include <string>

#include "suite/worker/process_state.h"

namespace mmio_cts {
namespace {

// Longer ones cannot be a working directory.
constexpr DWORD longest = 1024;

std::wstring working_directory() {
  wchar_t path[longest];
  const DWORD length = GetCurrentDirectoryW(longest, path);
  return {path, length < longest ? length : 0};
}

}  // namespace

struct ProcessState::Settings {
  std::wstring directory;
  UINT error_mode;
};

ProcessState::ProcessState()
    : settings_(std::make_unique<Settings>(Settings{working_directory(), GetErrorMode()})) {}

ProcessState::~ProcessState() = default;

std::vector<CallerState> ProcessState::put_back() {
  std::vector<CallerState> changed;
  const std::wstring now = working_directory();
  if (!now.empty() && now != settings_->directory && SetCurrentDirectoryW(settings_->directory.c_str()))
    changed.push_back(CallerState::working_directory);
  if (GetErrorMode() != settings_->error_mode) {
    changed.push_back(CallerState::error_mode);
    SetErrorMode(settings_->error_mode);
  }
  return changed;
}

}  // namespace mmio_cts
