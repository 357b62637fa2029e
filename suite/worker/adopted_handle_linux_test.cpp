#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "suite/contract/open_flags.h"
#include "suite/worker/adopted_handle.h"

namespace mmio_cts {
namespace {

class AdoptedHandles : public testing::Test {
 protected:
  std::string name(const std::string& file) const { return (folder_ / file).string(); }
  void SetUp() override {
    std::filesystem::create_directories(folder_);
    std::ofstream(name("a")) << "0123456789";
    std::ofstream(name("b")) << "abc";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

 private:
  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("adopted_handle_test." + std::to_string(getpid()));
};

TEST_F(AdoptedHandles, OpenWithTheRightsAndTheSizeThatTheFlagsSay) {
  const auto reading = AdoptedHandle::open(name("a"), open_flag::read);
  ASSERT_TRUE(reading.has_value());
  const auto descriptor = static_cast<int>(reading->number());
  EXPECT_EQ(fcntl(descriptor, F_GETFL) & O_ACCMODE, O_RDONLY);
  EXPECT_EQ(lseek(descriptor, 0, SEEK_END), 10);
  const auto creating = AdoptedHandle::open(name("b"), open_flag::create | open_flag::read_write);
  ASSERT_TRUE(creating.has_value());
  EXPECT_EQ(std::filesystem::file_size(name("b")), 0u);
  EXPECT_FALSE(AdoptedHandle::open(name("missing"), open_flag::read).has_value());
}

TEST_F(AdoptedHandles, AreClosedByTheirOwnerUnlessSomebodyElseDidSo) {
  int number = -1;
  {
    const auto handle = AdoptedHandle::open(name("a"), open_flag::read);
    number = static_cast<int>(handle->number());
    EXPECT_TRUE(handle->is_open());
  }
  EXPECT_EQ(fcntl(number, F_GETFD), -1);
}

TEST_F(AdoptedHandles, AreNotTakenForAnotherFileOfTheirNumber) {
  int other = -1;
  {
    const auto handle = AdoptedHandle::open(name("a"), open_flag::read);
    close(static_cast<int>(handle->number()));
    EXPECT_FALSE(handle->is_open());
    other = open(name("b").c_str(), O_RDONLY);
    ASSERT_EQ(other, static_cast<int>(handle->number()));
    EXPECT_FALSE(handle->is_open());
  }
  EXPECT_NE(fcntl(other, F_GETFD), -1);
  close(other);
}

}  // namespace
}  // namespace mmio_cts
