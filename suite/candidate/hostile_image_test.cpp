// read_image promises to survive any bytes. What it answers to these is of no interest, beyond being an
// answer.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstring>

#include "suite/candidate/file_bytes.h"
#include "suite/candidate/image_for_test.h"
#include "suite/candidate/procedure_choice.h"
#include "suite/contract/printable.h"

namespace mmio_cts {
namespace {

const TestImage library = {
    .exports = {{.name = "IOProc"}, {.name = "_Other@16"}, {.name = "table", .data = true}},
    .imports = {{"KERNEL32.dll", {"CreateFileA", "#5"}}, {"WINMM.dll", {"mmioOpenA"}}},
};

/// Whether `bytes` are a library; an answer that is not fit to be shown fails the test.
bool is_library(std::span<const std::byte> bytes) {
  const auto image = read_image(bytes);
  if (!image) {
    EXPECT_TRUE(is_printable(to_string(image.error().error))) << to_string(image.error().error);
    return false;
  }
  for (const ExportedSymbol& symbol : image->exports) EXPECT_TRUE(is_printable(symbol.name));
  for (const ImportedModule& module : image->imports) EXPECT_TRUE(is_printable(module.name));
  const auto procedure = choose_procedure(*image, "#2");
  EXPECT_TRUE(procedure || is_printable(procedure.error().error.message));
  return true;
}

class HostileImage : public testing::TestWithParam<Abi> {
 protected:
  const std::vector<std::byte> whole = make_image(GetParam(), library);
};

TEST_P(HostileImage, CutAtAnyLengthIsRefused) {
  ASSERT_TRUE(is_library(whole));
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(is_library(std::span(whole).first(size))) << size;
}

TEST_P(HostileImage, WithAnyByteChangedIsSurvived) {
  std::vector<std::byte> bytes = whole;
  int refused = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (const unsigned flip : {0x01u, 0x80u, 0xFFu}) {
      bytes[i] = whole[i] ^ static_cast<std::byte>(flip);
      if (!is_library(bytes)) ++refused;
    }
    bytes[i] = whole[i];
  }
  EXPECT_GT(refused, 0);
}

TEST_P(HostileImage, WithAnyWordMadeHugeIsSurvived) {
  std::vector<std::byte> bytes = whole;
  int refused = 0;
  for (std::size_t i = 0; i + 4 <= bytes.size(); ++i) {
    for (const std::uint32_t value : {0xFFFFFFFFu, 0x7FFFFFFFu, 0x80000000u, static_cast<std::uint32_t>(i)}) {
      std::memcpy(&bytes[i], &value, sizeof value);
      if (!is_library(bytes)) ++refused;
    }
    std::memcpy(&bytes[i], &whole[i], 4);
  }
  EXPECT_GT(refused, 0);
}

TEST_P(HostileImage, OfNoiseBehindARightHeaderIsSurvived) {
  std::uint32_t random = 1;
  int refused = 0;
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::byte> bytes = whole;
    for (int change = 0; change < 20; ++change) {
      random = random * 1664525 + 1013904223;
      bytes[0x40 + (random >> 8) % (bytes.size() - 0x40)] = static_cast<std::byte>(random >> 24);
    }
    if (!is_library(bytes)) ++refused;
  }
  EXPECT_GT(refused, 0);
}

INSTANTIATE_TEST_SUITE_P(All, HostileImage, testing::ValuesIn(all_abis),
                         [](const auto& abi) { return fmt::format("Abi{}", static_cast<int>(abi.param)); });

TEST(HostileTables, InWhichEveryExportHasTheSameLongNameAreRefused) {
  // 4096 pointers to one name of 60,000 characters would take 240 MB.
  TestImage image;
  image.exports.push_back({.name = std::string(60000, 'n')});
  for (int i = 1; i < 4096; ++i) image.exports.push_back({.name = "x"});
  std::vector<std::byte> bytes = make_pe(Abi::windows_x86, image);
  const auto u32 = [&](std::size_t offset) {
    std::uint32_t value;
    std::memcpy(&value, &bytes[offset], sizeof value);
    return value;
  };
  const std::uint32_t names = u32(u32(test_pe_header + 24 + 96) + 32);
  const std::uint32_t long_name = u32(names);
  for (std::size_t i = 0; i < 4096; ++i) std::memcpy(&bytes[names + 4 * i], &long_name, 4);
  const auto read = read_image(bytes);
  ASSERT_FALSE(read);
  EXPECT_TRUE(read.error().error.message.starts_with(
      "damaged: with the name of an export the names are longer than the file"))
      << read.error().error.message;
}

TEST(HostileTables, InWhichAllModulesShareALookupTableAreRefused) {
  // Each of 3000 modules names the same lookup table of 3000 symbols.
  TestImage image;
  image.imports.push_back({"a.dll", std::vector<std::string>(3000, "#1")});
  for (int i = 1; i < 3000; ++i) image.imports.push_back({"b.dll", {}});
  std::vector<std::byte> bytes = make_pe(Abi::windows_x86, image);
  std::uint32_t descriptors;
  std::memcpy(&descriptors, &bytes[test_pe_header + 24 + 96 + 8], sizeof descriptors);
  for (std::size_t i = 1; i < 3000; ++i)
    std::memcpy(&bytes[descriptors + 20 * i], &bytes[descriptors + 16], 4);
  const auto read = read_image(bytes);
  ASSERT_FALSE(read);
  EXPECT_TRUE(read.error().error.message.starts_with("damaged: the import tables have no end"))
      << read.error().error.message;
}

TEST(RealLibrary, CutAtManyLengthsIsSurvived) {
  const auto real = read_library_file(CANDIDATE_TEST_LIBRARY);
  ASSERT_TRUE(real) << to_string(real.error().error);
  ASSERT_TRUE(is_library(*real));
  // Every length of the headers, then with wider steps.
  for (std::size_t size = 0; size < real->size(); size += size < 0x1000 ? 1 : 61)
    is_library(std::span(*real).first(size));
}

}  // namespace
}  // namespace mmio_cts
