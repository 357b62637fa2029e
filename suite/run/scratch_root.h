#pragma once

#include <filesystem>

namespace mmio_cts {

/// Where the directories of cases are best made: the folder that TMPDIR names, if it is set; else one in
/// memory, if there is one with room; else the system's folder for temporary files. A case makes and removes
/// so few and such small files that those calls are most of what it costs on a disk. Throws
/// std::filesystem::filesystem_error if there is no such folder.
std::filesystem::path scratch_root();

}  // namespace mmio_cts
