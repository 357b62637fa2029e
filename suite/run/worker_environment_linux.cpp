#include "suite/run/worker_environment_linux.h"

#include <cstdlib>

namespace mmio_cts {

std::vector<std::string> worker_environment(bool wine, const std::filesystem::path& folder) {
  std::vector<std::string> result = {"LC_ALL=C.UTF-8", "TZ=UTC", "MMIO_CTS_FOLDER=" + folder.string()};
  std::vector<const char*> inherited = {"PATH", "HOME", "LD_LIBRARY_PATH"};
  if (wine)
    inherited.insert(inherited.end(), {"WINEPREFIX", "WINEARCH", "WINEDEBUG", "WINEDLLOVERRIDES",
                                       "WINESERVER", "WINELOADER", "XDG_CACHE_HOME", "XDG_CONFIG_HOME",
                                       "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "USER", "LOGNAME"});
  for (const char* name : inherited)
    if (const char* value = std::getenv(name)) result.push_back(std::string(name) + "=" + value);
  return result;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace mmio_cts
