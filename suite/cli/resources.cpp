#include "suite/cli/resources.h"

#include <fmt/format.h>

#include <cstdlib>

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;

// .../build, from .../build/bin/<abi>/mmio-cts
fs::path build_folder() {
  static const fs::path folder = fs::read_symlink("/proc/self/exe").parent_path().parent_path().parent_path();
  return folder;
}

std::string setting(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : otherwise;
}

std::string wine_loader(Abi abi) {
  switch (abi) {
    case Abi::windows_x64:
      return setting("MMIO_CTS_WINE64", "/usr/lib/wine/wine64");
    case Abi::windows_x86:
      return setting("MMIO_CTS_WINE", "/usr/lib/wine/wine");
    default:
      return "";
  }
}

}  // namespace

fs::path cases_folder() { return build_folder().parent_path() / "fixtures" / "cases"; }
fs::path kept_cases_file() { return build_folder().parent_path() / "fixtures" / "kept_cases.json"; }
fs::path candidates_folder() { return build_folder().parent_path() / "fixtures" / "candidates"; }

fs::path hostile_cases_folder() {
  return build_folder().parent_path() / "fixtures" / "procedures" / "hostile" / "cases";
}

fs::path library_folder(Abi abi) { return build_folder() / "lib" / abi_name(abi); }

fs::path built_library(Abi abi, const std::string& name) {
  return library_folder(abi) / (name + (is_windows(abi) ? ".dll" : ".so"));
}

fs::path worker_program(Abi abi) {
  return build_folder() / "bin" / abi_name(abi) /
         (is_windows(abi) ? "mmio-cts-worker.exe" : "mmio-cts-worker");
}

tl::expected<WorkerStart, Error> worker_start(Abi abi) {
  WorkerStart start{worker_program(abi), wine_loader(abi)};
  if (!fs::exists(start.worker))
    return tl::unexpected(
        Error{start.worker.string(), "",
              fmt::format("the worker for {} is not built; tools/build builds it", abi_name(abi))});
  if (!start.wine.empty() && !fs::exists(start.wine))
    return tl::unexpected(
        Error{start.wine, "",
              fmt::format("Wine, which runs {}, is not installed; tools/setup installs it", abi_name(abi))});
  return start;
}

}  // namespace mmio_cts
