#include "suite/cli/selftest/idle_cases.h"

#include <gtest/gtest.h>

#include <fstream>

#include "suite/script/case_reader.h"

namespace mmio_cts {
namespace {

using Names = std::set<std::string>;

Case case_about(const std::string& id, const std::string& row) {
  Case one;
  one.id = id;
  one.requirements = {row};
  return one;
}

TriedProcedure caught(const std::string& row, const Names& failing, const Names& needs = {}) {
  TriedProcedure tried;
  tried.kind = TriedProcedure::Kind::defect;
  tried.breaks = tried.blamed_must = {row};
  tried.failing = failing;
  tried.needs = needs;
  return tried;
}

TEST(IdleCases, ACaseIsNeededIfADefectOrARowHasNoOther) {
  const std::vector<Case> cases = {case_about("read/a@size=1", "RD-04"), case_about("read/a@size=2", "RD-04"),
                                   case_about("read/b", "RD-04"),        case_about("seek/c", "SK-09"),
                                   case_about("seek/d", "SK-05"),        case_about("user/e", "US-05")};
  KillMatrix matrix;
  matrix.procedures = {caught("RD-04", {"read/a@size=2", "read/b"}), caught("SK-09", {"seek/c", "seek/d"}),
                       caught("SK-05", {"seek/d"}, {"seek/d"})};
  const Idleness found =
      find_idle(cases, matrix, {{{"read/a", "write/*"}, "counts"}, {{"user/*", "seek/*"}, "numbers"}});
  EXPECT_EQ(found.needed, (Names{"seek/c", "seek/d"}));
  EXPECT_EQ(found.kept, (Names{"read/a", "user/e"}));
  EXPECT_EQ(found.idle, (Names{"read/b"}));
  EXPECT_EQ(found.vain_globs, (std::vector<std::string>{"write/*", "seek/*"}));
  EXPECT_FALSE(found.is_good());
}

TEST(IdleCases, AListThatCannotBeReadSaysWhere) {
  EXPECT_EQ(to_string(read_kept_cases("/nowhere/kept_cases.json").error()),
            "/nowhere/kept_cases.json: cannot be read");
  const std::string file = testing::TempDir() + "kept_cases.json";
  std::ofstream(file) << "{";
  EXPECT_EQ(to_string(read_kept_cases(file).error()), file + ": byte 2: not JSON");
  std::ofstream(file) << R"({"kept": [{"cases": "read/*"}]})";
  EXPECT_EQ(to_string(read_kept_cases(file).error()),
            file + R"(: /kept: wanted are entries {"cases": ["read/*"], "reason": "..."})");
  std::filesystem::remove(file);
}

TEST(IdleCases, TheListOfThisProjectGivesReasons) {
  const auto kept =
      read_kept_cases(std::filesystem::path(MMIO_CTS_SOURCE_FOLDER) / "fixtures/kept_cases.json");
  ASSERT_TRUE(kept.has_value()) << to_string(kept.error());
  ASSERT_FALSE(kept->empty());
  for (const KeptCases& entry : *kept) {
    EXPECT_FALSE(entry.globs.empty());
    EXPECT_FALSE(entry.reason.empty());
  }
}

// Two files with the same steps would be one case under two names.
TEST(IdleCases, NoCaseIsThereTwice) {
  const auto cases = read_case_folder(std::filesystem::path(MMIO_CTS_SOURCE_FOLDER) / "fixtures/cases",
                                      Contract::embedded());
  ASSERT_TRUE(cases.has_value());
  std::map<std::tuple<std::vector<std::string>, std::vector<Abi>, Guard>, std::string> names;
  for (const Case& one : *cases) {
    const auto [known, is_new] = names.try_emplace({one.step_documents, one.abis, one.guard}, one.name());
    EXPECT_TRUE(is_new || known->second == one.name()) << one.id << " is " << known->second << " again";
  }
}

}  // namespace
}  // namespace mmio_cts
