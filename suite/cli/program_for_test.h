#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace mmio_cts {

/// What a run of the program left behind.
struct ProgramResult {
  int exit_code = -1;
  std::string out;  ///< stdout
  std::string err;  ///< stderr
};

/// Runs the built mmio-cts with these arguments, as a shell would split them.
ProgramResult run_program(const std::string& arguments);

/// A folder that is gone at the end of the test.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  /// Makes a file in it, with its folders, and gives its path.
  std::string file(const std::string& name, const std::string& content) const;

 private:
  std::filesystem::path path_;
};

std::string read_file(const std::filesystem::path& file);

/// The built library of that name for that ABI: build/lib/<abi>/<stem>.{so,dll}.
std::string built_library(const std::string& stem, const std::string& abi = "linux-x64");

/// The ABIs that were built: linux-x64, and both of Windows if their trees stand beside this one.
std::vector<std::string> built_abis();

}  // namespace mmio_cts
