#include <dlfcn.h>

#include "suite/worker/library.h"

namespace mmio_cts {

tl::expected<Library, std::string> Library::load(const std::string& path) {
  void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle != nullptr) return Library(handle, path);
  const std::string why = dlerror();
  return tl::unexpected(why.starts_with(path) ? why : path + ": " + why);
}

// Exports of this format have no ordinals, and no symbol is called "#3".
void* Library::find(const std::string& name) const { return dlsym(handle_, name.c_str()); }

bool Library::unload() {
  dlclose(handle_);
  // Many libraries stay for reasons of the C++ run time; the next case loads its own in a new process.
  return false;
}

LPMMIOPROC find_installed(const std::string&) { return nullptr; }
void remove_installed(const std::string&) {}

}  // namespace mmio_cts
