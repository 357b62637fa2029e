#include <sys/utsname.h>

#include <cstdio>
#include <memory>

#include "suite/run/runtime.h"

namespace mmio_cts {
namespace {

std::string kernel_name() {
  utsname name{};
  if (uname(&name) != 0) return "Linux";
  const std::string release = name.release;
  return std::string(name.sysname) + " " + release.substr(0, release.find_first_not_of("0123456789."));
}

// The first line that `wine --version` prints, "wine-8.0 (Debian 8.0~repack-4)".
std::string wine_version(const std::string& wine) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(
      popen(("'" + wine + "' --version 2>/dev/null").c_str(), "r"), pclose);
  char line[100] = "";
  if (!pipe || std::fgets(line, sizeof line, pipe.get()) == nullptr) return "Wine";
  const std::string text = line;
  const std::string number = text.substr(0, text.find_first_of(" \n"));
  return number.starts_with("wine-") ? "Wine " + number.substr(5) : "Wine";
}

}  // namespace

std::string runtime_name(const std::string& wine) {
  return wine.empty() ? kernel_name() : wine_version(wine) + " on " + kernel_name();
}

}  // namespace mmio_cts
