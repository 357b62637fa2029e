#include <dlfcn.h>

#include "suite/worker/module.h"

namespace mmio_cts {

tl::expected<Module, std::string> Module::load(const std::string& library, const std::string& procedure) {
  void* handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    const std::string why = dlerror();
    return tl::unexpected(why.starts_with(library) ? why : library + ": " + why);
  }
  if (procedure.starts_with('#'))
    return tl::unexpected(library + ": exports of this format have no ordinals such as " + procedure);
  void* address = dlsym(handle, procedure.c_str());
  if (address == nullptr) return tl::unexpected(library + ": no export '" + procedure + "'");
  return Module(handle, reinterpret_cast<LPMMIOPROC>(address), library);
}

bool Module::unload() {
  dlclose(handle_);
  // Many libraries stay for reasons of the C++ run time; the next case loads its own in a new process.
  return false;
}

}  // namespace mmio_cts
