#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>
#include <thread>

#include "suite/cli/selftest/leftover.h"

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& file) {
  // Of a process that ends meanwhile reading fails; this way without an exception.
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

/// What Wine keeps beside any program, and may have started for this one; it ends by itself.
bool is_wines_own(std::string_view command) {
  constexpr std::string_view names[] = {"wineserver",   "services.exe", "winedevice.exe", "explorer.exe",
                                        "plugplay.exe", "svchost.exe",  "rpcss.exe",      "wineboot.exe"};
  return std::any_of(std::begin(names), std::end(names),
                     [&](std::string_view name) { return command.find(name) != std::string_view::npos; });
}

/// Where a process is at work, what it was started with, and what it has mapped.
bool belongs_to(const fs::path& process, const std::string& folder) {
  std::error_code error;
  if (fs::read_symlink(process / "cwd", error).string().starts_with(folder)) return true;
  for (const char* file : {"environ", "maps"})
    if (content(process / file).find(folder) != std::string::npos) return true;
  return false;
}

std::vector<std::string> look_for(const fs::path& folder) {
  std::vector<std::string> found;
  std::error_code error;
  for (const auto& process : fs::directory_iterator("/proc", error)) {
    const std::string id = process.path().filename().string();
    const bool is_process = id.find_first_not_of("0123456789") == std::string::npos;
    if (!is_process || id == std::to_string(getpid()) || !belongs_to(process.path(), folder.string()))
      continue;
    std::string command = content(process.path() / "cmdline");
    std::replace(command.begin(), command.end(), '\0', ' ');
    if (is_wines_own(command)) continue;
    found.push_back(id + " " + command);
  }
  return found;
}

}  // namespace

std::vector<std::string> processes_left_by(const fs::path& folder) {
  using namespace std::chrono_literals;
  std::vector<std::string> found = look_for(folder);
  // Wine's server needs a moment to end what it was told to.
  for (int i = 0; i < 40 && !found.empty(); ++i) {
    std::this_thread::sleep_for(50ms);
    found = look_for(folder);
  }
  return found;
}

}  // namespace mmio_cts
