// Whatever a candidate does: the verdict is the one foretold, all other cases are as ever, and nothing is
// left.
#include <gtest/gtest.h>

#include <regex>

#include "suite/cli/program_for_test.h"

namespace mmio_cts {
namespace {

TEST(Hostile, ComesToWhatWasForetoldAndHarmsNothing) {
  for (const std::string& abi : built_abis()) {
    const ProgramResult result = run_program("selftest --hostile --abi " + abi);
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    std::smatch tried;
    ASSERT_TRUE(std::regex_search(result.out, tried, std::regex("\n([0-9]+) that do harm were tried")));
    EXPECT_GE(std::stoi(tried[1]), 35) << abi;
  }
}

}  // namespace
}  // namespace mmio_cts
