#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "suite/candidate/library_image.h"

namespace mmio_cts {

/// What is known of a module that a library imports from.
struct FoundModule {
  bool beside = false;  ///< a neighbour of the library, whose own imports matter too; else a system library
  /// None for a system library that cannot be looked into; an error if it cannot be loaded.
  std::optional<tl::expected<LibraryImage, CandidateError>> image;
};

/// Finds a module by its name in lower case, with extension; none if it exists nowhere.
using FindModule = std::function<std::optional<FoundModule>(std::string_view name)>;

/// Finds modules as the Windows loader does, by name in any case: first in the library's own `directory`,
/// then in `system_directories`, which must be those of the library's ABI. API sets (api-ms-win-...) are
/// always found.
FindModule find_module_in(std::filesystem::path directory,
                          std::vector<std::filesystem::path> system_directories);

/// Why a PE library cannot be loaded: each module or symbol that it, or a neighbour it needs, imports and
/// that is not there, one line each, e.g.
///   imports `helper.dll`, which is neither beside it nor a system library
///   imports `Foo` from `helper.dll`, which does not export it
///   its neighbour `helper.dll` imports `deep.dll`, which is neither beside it nor a system library
/// Empty if nothing is missing, and for ELF, where the loader's own message says it.
std::vector<std::string> missing_imports(const LibraryImage& image, const FindModule& find_module);

}  // namespace mmio_cts
