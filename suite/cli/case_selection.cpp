#include "suite/cli/case_selection.h"

#include <fnmatch.h>

#include <algorithm>

#include "suite/script/case_reader.h"

namespace mmio_cts {
namespace {

bool matches(const std::string& id, const std::string& glob) {
  if (fnmatch(glob.c_str(), id.c_str(), 0) == 0) return true;
  return glob.find_first_of("@/*?[") == std::string::npos && id.find(glob) != std::string::npos;
}

}  // namespace

tl::expected<std::vector<Case>, Error> select_cases(const std::filesystem::path& folder,
                                                    const std::vector<std::string>& globs,
                                                    const Contract& contract) {
  auto cases = read_case_folder(folder, contract);
  if (!cases) return cases;
  if (!globs.empty())
    std::erase_if(*cases, [&](const Case& one) {
      return std::none_of(globs.begin(), globs.end(),
                          [&](const std::string& glob) { return matches(one.id, glob); });
    });
  std::sort(cases->begin(), cases->end(), [](const Case& a, const Case& b) { return a.id < b.id; });
  return cases;
}

}  // namespace mmio_cts
