// The gallery of procedures that are correct but unusual: each comes out clean on every ABI that is built,
// with its manifest and without, and without it the probe finds out just what the manifest says.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "suite/cli/program_for_test.h"

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// A candidate of fixtures/candidates: its manifest, and its name, which is that of its library, too.
struct GalleryPiece {
  fs::path manifest;
  std::string name;
};

std::vector<GalleryPiece> gallery() {
  std::vector<GalleryPiece> pieces;
  for (const auto& entry :
       fs::directory_iterator(fs::path(MMIO_CTS_SOURCE_FOLDER) / "fixtures" / "candidates"))
    if (entry.path().extension() == ".json") pieces.push_back({entry.path(), entry.path().stem().string()});
  return pieces;
}

json report_on(const GalleryPiece& piece, const std::string& abi, const std::string& options) {
  const ProgramResult result =
      run_program("run " + built_library(piece.name, abi) + " --level should --output json:- " + options);
  return json::accept(result.out) ? json::parse(result.out) : json(result.err);
}

std::set<std::string> blamed(const json& report) {
  std::set<std::string> rows;
  for (const json* findings : {&report.at("findings"), &report.at("per_abi").at("findings")})
    for (const json& finding : *findings) rows.insert(finding.at("requirement"));
  return rows;
}

/// What a piece shows may be a should that it breaks; no other row may be blamed.
std::set<std::string> expected_blame(const std::string& name) {
  if (name == "unknown_minus_one") return {"US-05", "US-06"};
  return {};
}

class Gallery : public testing::TestWithParam<std::string> {};

TEST_P(Gallery, IsCleanAndKnownForWhatItIs) {
  const std::string& abi = GetParam();
  const std::vector<GalleryPiece> pieces = gallery();
  EXPECT_GE(pieces.size(), 16u);
  for (const GalleryPiece& piece : pieces) {
    SCOPED_TRACE(piece.name);
    std::ifstream stream(piece.manifest);
    const json manifest = json::parse(stream);
    const json with = report_on(piece, abi, "--manifest " + piece.manifest.string());
    const json without = report_on(piece, abi, "");
    for (const json* report : {&with, &without}) {
      ASSERT_TRUE(report->is_object()) << *report;
      EXPECT_EQ(blamed(*report), expected_blame(piece.name));
      EXPECT_EQ(report->at("verdict").at("tested"), true);
      EXPECT_GT(report->at("totals").at("pass").get<int>(), 100);
      EXPECT_EQ(report->at("content"), manifest.at("content"));
      EXPECT_EQ(report->at("capabilities"), manifest.at("capabilities"));
    }
    EXPECT_EQ(with.at("verdict").at("role"), without.at("verdict").at("role"));
    EXPECT_EQ(with.at("capabilities_source"), "declared");
    EXPECT_EQ(without.at("capabilities_source"), "inferred");
  }
}

INSTANTIATE_TEST_SUITE_P(On, Gallery, testing::ValuesIn(built_abis()),
                         [](const testing::TestParamInfo<std::string>& info) {
                           std::string name = info.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace mmio_cts
