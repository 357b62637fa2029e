// Every call of the system that they make fails once for the references and the writable pieces of the
// gallery, on every ABI that is built; and nothing is found.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "suite/cli/program_for_test.h"

namespace mmio_cts {
namespace {

using nlohmann::json;

struct Swept {
  const char* library;
  const char* options;
};

constexpr Swept all_swept[] = {{"reference_proc", "--proc PlainFileProc"},
                               {"reference_proc", "--proc BufferedFileProc"},
                               {"memory_proc", ""},
                               {"container", ""},
                               {"keyed_by_address", ""},
                               {"keyed_by_info", ""},
                               {"no_rename", ""},
                               {"other_codes", ""},
                               {"seek_end_adds", ""},
                               {"seek_end_subtracts", ""},
                               {"short_reads", ""},
                               {"short_writes", ""},
                               {"single_open", ""},
                               {"synced", ""},
                               {"unknown_minus_one", ""},
                               {"write_only", ""}};

json sweep(const Swept& one, const std::string& abi) {
  const ProgramResult result = run_program("run " + built_library(one.library, abi) + " " + one.options +
                                           " --sweep --filter 'sweep/*' --level should --output json:-");
  return json::accept(result.out) ? json::parse(result.out) : json(result.err);
}

/// "WRITE disk_full" for each message that met one.
std::set<std::string> injected(const json& report) {
  std::set<std::string> cells;
  for (const json& cell : report.at("per_abi").at("faults"))
    if (cell.at("injected") > 0)
      cells.insert(cell.at("message").get<std::string>() + " " + cell.at("fault").get<std::string>());
  return cells;
}

/// What could have been met and never was.
std::set<std::string> missed(const json& report) {
  std::set<std::string> cells;
  for (const json& cell : report.at("per_abi").at("faults"))
    if (cell.at("injected") == 0)
      cells.insert(cell.at("message").get<std::string>() + " " + cell.at("fault").get<std::string>());
  return cells;
}

class Sweep : public testing::TestWithParam<std::string> {};

TEST_P(Sweep, FindsNothingWrongWithWhatIsRightAndLeavesNoFaultOut) {
  for (const Swept& one : all_swept) {
    SCOPED_TRACE(std::string(one.library) + " " + one.options);
    const json report = sweep(one, GetParam());
    ASSERT_TRUE(report.is_object()) << report;
    const json& per_abi = report.at("per_abi");
    EXPECT_EQ(per_abi.at("findings"), json::array());
    EXPECT_EQ(report.at("findings"), json::array());
    for (const char* verdict : {"fail", "warn", "crash", "hang", "error"})
      EXPECT_EQ(per_abi.at("totals").at(verdict), 0) << verdict;
    EXPECT_EQ(missed(report), std::set<std::string>{});
    const std::set<std::string> met = injected(report);
    for (const char* cell : {"WRITEFLUSH disk_full", "WRITEFLUSH io_error", "WRITEFLUSH network_error"})
      EXPECT_TRUE(met.contains(cell)) << cell;
  }
}

TEST_P(Sweep, MeetsEveryMessageOfTheReferenceProcedures) {
  const json report = sweep({"reference_proc", "--proc BufferedFileProc"}, GetParam());
  ASSERT_TRUE(report.is_object()) << report;
  const std::set<std::string> met = injected(report);
  for (const std::string cell :
       {"OPEN access_denied", "OPEN sharing_violation", "OPEN too_many_open_files", "OPEN network_error",
        "CLOSE disk_full", "CLOSE io_error", "CLOSE killed", "READ io_error", "READ network_error",
        "READ short", "READ delay", "WRITE disk_full", "WRITE io_error", "WRITE short", "WRITEFLUSH short",
        "WRITEFLUSH delay", "WRITEFLUSH killed", "RENAME access_denied", "RENAME sharing_violation"})
    EXPECT_TRUE(met.contains(cell)) << cell;
}

INSTANTIATE_TEST_SUITE_P(On, Sweep, testing::ValuesIn(built_abis()),
                         [](const testing::TestParamInfo<std::string>& info) {
                           std::string name = info.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace mmio_cts
