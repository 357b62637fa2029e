#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

namespace mmio_cts {

/// An empty folder of the running test's own, removed with everything in it. Tests run side by side, also
/// those of several ABIs, so its name says whose it is.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::string& name = "scratch") : path(folder_of_this_test() / name) {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
    std::filesystem::create_directories(path);
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
    std::filesystem::remove(path.parent_path(), ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  /// Writes a file; its path.
  std::filesystem::path add(const std::string& name, const std::vector<std::byte>& bytes) const {
    std::ofstream(path / name, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return path / name;
  }

  const std::filesystem::path path;

 private:
  static std::filesystem::path folder_of_this_test() {
    const testing::TestInfo* test = testing::UnitTest::GetInstance()->current_test_info();
    return std::filesystem::path(testing::TempDir()) /
           (std::string(MMIO_CTS_TEST_ABI) + "-" + test->test_suite_name() + "." + test->name());
  }
};

}  // namespace mmio_cts
