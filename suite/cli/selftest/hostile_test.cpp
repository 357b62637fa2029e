// Whatever a candidate does: the verdict is the one foretold, all other cases are as ever, and nothing is
// left.
#include <gtest/gtest.h>

#include <iostream>
#include <regex>

#include "suite/cli/program_for_test.h"

namespace mmio_cts {
namespace {

TEST(Hostile, ComesToWhatWasForetoldAndHarmsNothing) {
  for (const std::string& abi : built_abis()) {
    ProgramResult result = run_program("selftest --hostile --abi " + abi);
    // Threads that a candidate leaves behind act when they like. What is wrong once is told, and must be
    // right the next time.
    if (result.exit_code != 0) {
      std::cerr << result.out;
      result = run_program("selftest --hostile --abi " + abi);
    }
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    std::smatch tried;
    ASSERT_TRUE(std::regex_search(result.out, tried, std::regex("\n([0-9]+) that do harm were tried")));
    EXPECT_GE(std::stoi(tried[1]), 35) << abi;
  }
}

}  // namespace
}  // namespace mmio_cts
