#include <link.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "suite/worker/code_location.h"

namespace mmio_cts {
namespace {

struct LoadedModule {
  std::uintptr_t begin, end;
  std::array<char, 64> name;
};

// The loader's own list must not be asked in a signal handler: somebody may hold its lock.
std::array<LoadedModule, 64> modules;
std::size_t module_count = 0;

int note(dl_phdr_info* info, std::size_t, void*) {
  if (module_count == modules.size()) return 1;
  LoadedModule& module = modules[module_count++];
  module.begin = module.end = info->dlpi_addr;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = info->dlpi_phdr[i];
    if (segment.p_type == PT_LOAD)
      module.end = std::max<std::uintptr_t>(module.end, module.begin + segment.p_vaddr + segment.p_memsz);
  }
  const char* slash = std::strrchr(info->dlpi_name, '/');
  // The program itself comes without a name.
  const char* name = info->dlpi_name[0] == '\0' ? "mmio-cts-worker"
                     : slash != nullptr         ? slash + 1
                                                : info->dlpi_name;
  module.name = {};
  std::copy_n(name, std::min(std::strlen(name), module.name.size() - 1), module.name.begin());
  return 0;
}

}  // namespace

void note_loaded_modules() {
  module_count = 0;
  dl_iterate_phdr(note, nullptr);
}

CodeLocation locate_code(const void* address) {
  const auto at = reinterpret_cast<std::uintptr_t>(address);
  for (std::size_t i = 0; i < module_count; ++i)
    if (at >= modules[i].begin && at < modules[i].end) return {modules[i].name.data(), at - modules[i].begin};
  return {};
}

}  // namespace mmio_cts
