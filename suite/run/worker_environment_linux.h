#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace mmio_cts {

/// The environment of workers, "NAME=value" each: it does not depend on the caller's locale or time zone.
/// Under Wine it says which prefix is meant. By MMIO_CTS_FOLDER, the folder given, a person finds what
/// belongs to a run.
std::vector<std::string> worker_environment(bool wine, const std::filesystem::path& folder);

/// For execve: ends in a null pointer, valid as long as the texts.
std::vector<char*> pointers_to(std::vector<std::string>& texts);

}  // namespace mmio_cts
