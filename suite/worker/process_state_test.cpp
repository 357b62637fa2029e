#include "suite/worker/process_state.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace mmio_cts {
namespace {

TEST(ProcessState, HasNothingToPutBackWhereNothingChanged) {
  ProcessState state;
  EXPECT_EQ(state.put_back(), std::vector<CallerState>());
}

TEST(ProcessState, PutsTheWorkingDirectoryBack) {
  const auto before = std::filesystem::current_path();
  ProcessState state;
  std::filesystem::current_path(before.root_path());
  EXPECT_EQ(state.put_back(), std::vector{CallerState::working_directory});
  EXPECT_EQ(std::filesystem::current_path(), before);
  EXPECT_EQ(state.put_back(), std::vector<CallerState>());
}

}  // namespace
}  // namespace mmio_cts
