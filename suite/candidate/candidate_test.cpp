#include "suite/candidate/candidate.h"

#include <gtest/gtest.h>

#include "suite/candidate/image_for_test.h"
#include "suite/candidate/scratch_folder_for_test.h"
#include "suite/candidate/sha256.h"

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;
using Kind = CandidateError::Kind;

constexpr Abi this_abi = *abi_from(MMIO_CTS_TEST_ABI);

TEST(Examine, TellsWhatARealLibraryIs) {
  const auto candidate = examine(CANDIDATE_TEST_LIBRARY, std::nullopt);
  ASSERT_TRUE(candidate) << to_string(candidate.error().error);
  EXPECT_TRUE(candidate->library.is_absolute());
  EXPECT_TRUE(fs::equivalent(candidate->library, CANDIDATE_TEST_LIBRARY));
  EXPECT_EQ(candidate->procedure, "IOProc");
  EXPECT_EQ(candidate->requested, "");
  EXPECT_EQ(candidate->abi, this_abi);
  EXPECT_EQ(candidate->exports, (std::vector<std::string>{"IOProc", "OtherProc"}));
  EXPECT_EQ(candidate->sha256.size(), 64u);
}

TEST(Examine, TakesTheProcedureNamed) {
  const auto candidate = examine(CANDIDATE_TEST_LIBRARY, "OtherProc");
  ASSERT_TRUE(candidate) << to_string(candidate.error().error);
  EXPECT_EQ(candidate->procedure, "OtherProc");
  EXPECT_EQ(candidate->requested, "OtherProc");
  EXPECT_EQ(examine(CANDIDATE_TEST_LIBRARY, "NoProc").error().kind, Kind::no_such_export);
}

TEST(Examine, ReadsLibrariesOfEveryAbiOnEachSystem) {
  const ScratchFolder scratch;
  for (const Abi abi : all_abis) {
    const fs::path file =
        scratch.add("candidate_test_library", make_image(abi, {.exports = {{.name = "MyIOProc"}}}));
    const auto candidate = examine(file, std::nullopt);
    ASSERT_TRUE(candidate) << to_string(candidate.error().error);
    EXPECT_EQ(candidate->abi, abi);
    EXPECT_EQ(candidate->procedure, "MyIOProc");
  }
}

TEST(Examine, RefusesWhatCannotBeRead) {
  const auto missing = examine("no/such/library.dll", std::nullopt);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, Kind::cannot_read);
  EXPECT_EQ(missing.error().error.message, "no such file");
  const auto folder = examine(testing::TempDir(), std::nullopt);
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().kind, Kind::cannot_read);
  EXPECT_EQ(folder.error().error.message, "a folder; wanted is a library file");
}

TEST(Examine, NamesTheFileInItsErrors) {
  const ScratchFolder scratch;
  const auto refused = examine(scratch.add("text.dll", bytes_of("text\n")), std::nullopt);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Kind::not_a_library);
  EXPECT_TRUE(refused.error().error.file.ends_with("text.dll")) << refused.error().error.file;
}

TEST(Sha256, IsThatOfThePublishedExamples) {
  EXPECT_EQ(sha256({}), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256(bytes_of("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256(std::vector<std::byte>(1000000, std::byte{'a'})),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

}  // namespace
}  // namespace mmio_cts
