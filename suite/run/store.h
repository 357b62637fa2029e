#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "suite/script/step.h"
#include "suite/trace/observation.h"

namespace mmio_cts {

// The files of a case, as another process than the procedure's sees and makes them. `folder` is the scratch
// directory; names are relative to it.

/// A larger file counts as one that cannot be read: nothing is said about what is in it.
inline constexpr std::uintmax_t largest_inspected_file = 64u << 20;

/// Whether `name` stays within the scratch directory.
bool is_inside_scratch(const std::string& name);

/// Makes the state, for any kind but size_limit, in place of whatever has that name; folders of the name are
/// made too. The text says why this system cannot give it; empty if it is as asked for.
std::string prepare_store(const std::filesystem::path& folder, const Prepare& prepare);

/// Whether a store that was made to fail still does: a procedure that saves by replacing the file has another one then.
bool still_fails(const std::filesystem::path& folder, const Prepare& prepare);

/// Opens and reads nothing but regular files: a device could block, or never end.
FileState inspect_file(const std::filesystem::path& folder, const std::string& name);

/// All files below the folder, sorted by name, '/' between its parts; directories are not among them.
std::vector<FileState> inspect_all(const std::filesystem::path& folder);

}  // namespace mmio_cts
