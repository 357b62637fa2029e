#include "suite/candidate/nearest_name.h"

#include <gtest/gtest.h>

namespace mmio_cts {
namespace {

TEST(NearestName, IsTheLeastMisspelled) {
  const std::vector<std::string> names = {"Alpha", "IOProc", "IOProc2", std::string(1000, 'x')};
  EXPECT_EQ(nearest_name("IOPorc", names), "IOProc");
  EXPECT_EQ(nearest_name("ioproc2", names), "IOProc2");
  EXPECT_EQ(nearest_name("Aplha", names), "Alpha");
  EXPECT_EQ(nearest_name("Omega", names), std::nullopt);
  EXPECT_EQ(nearest_name("", names), std::nullopt);
  EXPECT_EQ(nearest_name(std::string(1000, 'x'), names), std::nullopt);
}

}  // namespace
}  // namespace mmio_cts
