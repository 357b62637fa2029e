#include "suite/cli/program_for_test.h"

#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;

// A function, because tests build names from it before main() begins.
fs::path output_root() { return MMIO_CTS_OUTPUT_ROOT; }

}  // namespace

ProgramResult run_program(const std::string& arguments) {
  const TemporaryFolder folder;
  const std::string out = folder.path() / "out", err = folder.path() / "err";
  const std::string command = "'" + (output_root() / "bin/linux-x64/mmio-cts").string() + "' " + arguments +
                              " >'" + out + "' 2>'" + err + "' </dev/null";
  const int status = std::system(command.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(out), read_file(err)};
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (fs::temp_directory_path() / "mmio-cts-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string TemporaryFolder::file(const std::string& name, const std::string& content) const {
  const fs::path file = path_ / name;
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << content;
  return file;
}

std::string read_file(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string built_library(const std::string& stem, const std::string& abi) {
  return output_root() / "lib" / abi / (stem + (abi == "linux-x64" ? ".so" : ".dll"));
}

std::vector<std::string> built_abis() {
  const bool has_windows = fs::exists(built_library("reference_proc", "windows-x64")) &&
                           fs::exists(built_library("reference_proc", "windows-x86"));
  return has_windows ? std::vector<std::string>{"linux-x64", "windows-x64", "windows-x86"}
                     : std::vector<std::string>{"linux-x64"};
}

}  // namespace mmio_cts
