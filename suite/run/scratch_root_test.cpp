#include "suite/run/scratch_root.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;

class ScratchRoot : public testing::Test {
 protected:
  ScratchRoot() {
    if (const char* value = std::getenv("TMPDIR")) before_ = value;
  }
  ~ScratchRoot() override {
    if (before_)
      setenv("TMPDIR", before_->c_str(), 1);
    else
      unsetenv("TMPDIR");
  }

 private:
  std::optional<std::string> before_;
};

TEST_F(ScratchRoot, IsWhatTmpdirSays) {
  const fs::path chosen = fs::current_path();
  setenv("TMPDIR", chosen.c_str(), 1);
  EXPECT_EQ(scratch_root(), chosen);
}

TEST_F(ScratchRoot, IsAFolderInWhichOthersCanBeMade) {
  unsetenv("TMPDIR");
  const fs::path folder = scratch_root() / ("scratch_root_test-" + std::to_string(std::rand()));
  ASSERT_TRUE(fs::create_directory(folder));
  fs::remove(folder);
}

}  // namespace
}  // namespace mmio_cts
