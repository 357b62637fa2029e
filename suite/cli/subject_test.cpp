// What is told of a candidate by manifest and options, shown by the program itself.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "suite/cli/program_for_test.h"

namespace mmio_cts {
namespace {

using nlohmann::json;

const std::string defects = built_library("defects");
const std::string own_content = built_library("own_content");
const std::string plain = built_library("reference_proc") + " --proc PlainFileProc";

// In one line of stderr, with nothing on stdout.
void expect_refusal(const std::string& arguments, int exit_code, std::initializer_list<std::string> parts) {
  const ProgramResult result = run_program(arguments);
  EXPECT_EQ(result.exit_code, exit_code) << arguments << "\n" << result.err;
  EXPECT_EQ(result.out, "") << arguments;
  EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
  for (const std::string& part : parts)
    EXPECT_NE(result.err.find(part), std::string::npos) << part << "\n" << result.err;
}

std::string manifest_for_sign_loss(const TemporaryFolder& folder, const std::string& known_failure) {
  return folder.file("m.json", R"({"library": ")" + defects +
                                   R"(", "procedure": "sign_loss", "known_failures": [)" + known_failure +
                                   "]}");
}

TEST(ManifestOption, NamesFileAndPlaceOfAMistake) {
  const TemporaryFolder folder;
  expect_refusal("run " + plain + " --manifest /no/such.json", 2,
                 {"/no/such.json: there is no manifest that can be read"});
  expect_refusal("run " + plain + " --manifest " + folder.path().string(), 2,
                 {"there is no manifest that can be read"});
  expect_refusal("run " + plain + " --manifest " + folder.file("a.json", "{"), 2,
                 {"a.json: byte 2: not JSON"});
  expect_refusal("run " + plain + " --manifest " + folder.file("b.json", R"({"content": 1})"), 2,
                 {"b.json: /content: 1 is not one of the values allowed here"});
  expect_refusal("probe " + folder.file("c.json", "{}"), 2,
                 {"c.json: /library: the manifest names no library"});
  expect_refusal("run " + folder.file("d.json", "{}") + " --manifest " + folder.file("e.json", "{}"), 2,
                 {"d.json", "--manifest"});
  expect_refusal("run " + folder.file("f.json", R"({"library": "no.so"})"), 3, {"no.so: no such file"});
  expect_refusal("run " + plain + " --manifest " + folder.file("g.json", R"({"adapter": "f.json"})"), 3,
                 {"f.json"});
  expect_refusal("run", 2, {"CANDIDATE"});
}

TEST(ManifestOption, KnowsTheCodesOfFindings) {
  const TemporaryFolder folder;
  expect_refusal(
      "run " +
          manifest_for_sign_loss(
              folder, R"({"requirement": "WF-05", "code": "lost", "reason": "r", "expires": "2099-01-01"})"),
      2, {"m.json: /known_failures/0/code: 'lost' is no code of a finding"});
}

TEST(ManifestOption, AManifestCanBeTheCandidate) {
  const TemporaryFolder folder;
  const std::string manifest = folder.file("m.json", R"({"library": ")" + own_content + R"("})");
  EXPECT_EQ(run_program("run " + manifest + " --filter 'read/*'").exit_code,
            run_program("run --manifest " + manifest + " --filter 'read/*'").exit_code);
  EXPECT_EQ(run_program("run " + manifest).exit_code, 0);
}

TEST(KnownFailure, IsAcceptedUntilItExpiresAndThenNamed) {
  const TemporaryFolder folder;
  const auto run_with = [&](const std::string& requirement, const std::string& day) {
    return run_program("run " +
                       manifest_for_sign_loss(folder, R"({"requirement": ")" + requirement +
                                                          R"(", "reason": "being mended", "expires": ")" +
                                                          day + "\"}") +
                       " --filter 'writeflush/*' --filter 'read/*' --filter 'close/answers*'");
  };
  const ProgramResult known = run_with("WF-05", "2099-12-31");
  EXPECT_EQ(known.exit_code, 0) << known.out;
  EXPECT_NE(known.out.find("but for 1 known failure"), std::string::npos) << known.out;
  EXPECT_NE(known.out.find("being mended"), std::string::npos) << known.out;
  const ProgramResult expired = run_with("WF-05", "2020-12-31");
  EXPECT_EQ(expired.exit_code, 5) << expired.out;
  EXPECT_NE(expired.out.find("NOT CONFORMANT"), std::string::npos) << expired.out;
  EXPECT_NE(expired.out.find("WF-05 has expired"), std::string::npos) << expired.out;
  const ProgramResult other = run_with("RD-04", "2099-12-31");
  EXPECT_EQ(other.exit_code, 1) << "a violation that is not known goes before one that no longer fails";
}

TEST(KnownFailure, ThatNoLongerFailsIsNamed) {
  const TemporaryFolder folder;
  const std::string manifest = folder.file(
      "m.json", R"({"known_failures": [{"requirement": "RD-04", "reason": "r", "expires": "2099-01-01"}]})");
  const ProgramResult result = run_program("run " + plain + " --manifest " + manifest);
  EXPECT_EQ(result.exit_code, 5);
  EXPECT_NE(result.out.find("known failure RD-04 no longer fails"), std::string::npos) << result.out;
}

TEST(Require, MakesALackAFailure) {
  const std::string no_rename = built_library("no_rename");
  EXPECT_EQ(run_program("run " + no_rename + " --filter 'read/*'  --filter 'seek/*' --require write,delete")
                .exit_code,
            0);
  const ProgramResult result = run_program("run " + no_rename + " --require write,rename");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.out.find("'rename' is required, and it lacks"), std::string::npos) << result.out;
  expect_refusal("run " + no_rename + " --require walk", 2, {"walk"});
}

TEST(Probe, PrintsAManifestThatTakesItsPlace) {
  const TemporaryFolder folder;
  const ProgramResult probed = run_program("probe " + own_content + " --json");
  EXPECT_EQ(probed.exit_code, 0) << probed.err;
  const json report = json::parse(run_program("run --manifest " + folder.file("m.json", probed.out) +
                                              " --output json:- --filter 'read/*'")
                                      .out);
  EXPECT_EQ(report.at("capabilities_source"), "declared");
  EXPECT_EQ(report.at("content"), "opaque");
  EXPECT_EQ(report.at("verdict").at("role"), "read-only");
}

TEST(Probe, SaysThatAProcedureCrashesOrHangsAndBlamesNothing) {
  const std::string misbehaving = built_library("test_procs");
  const ProgramResult crashing = run_program("probe " + misbehaving + " --proc CrashingProc");
  EXPECT_EQ(crashing.exit_code, 3);
  EXPECT_NE(crashing.out.find("SIGSEGV"), std::string::npos) << crashing.out;
  EXPECT_EQ(crashing.out.find("MUST"), std::string::npos);
  const ProgramResult hanging = run_program("probe " + misbehaving + " --proc HangingProc --timeout 0.2");
  EXPECT_EQ(hanging.exit_code, 3);
  EXPECT_NE(hanging.out.find("hangs"), std::string::npos) << hanging.out;
}

TEST(Probe, TellsWhatOpensNothing) {
  expect_refusal("probe " + built_library("test_procs") + " --proc RefusingProc", 3,
                 {"RefusingProc cannot be opened", "MMIOERR_CANNOTOPEN", "--open", "--manifest"});
}

// Libraries that every Linux machine with this suite has, and that are no procedures.
TEST(Probe, OfALibraryThatIsNoProcedureIsOneLineAndLoadsNothing) {
  const std::string folder = "/lib/x86_64-linux-gnu/";
  for (const char* name :
       {"libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libz.so.1"}) {
    const ProgramResult result = run_program("probe " + folder + name);
    EXPECT_TRUE(result.exit_code == 2 || result.exit_code == 3)
        << name << ": " << result.exit_code << result.err;
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << name << ": " << result.err;
    EXPECT_EQ(result.out, "") << name;
  }
}

TEST(Open, TakesAFileAndReadsItAsTheTruth) {
  const TemporaryFolder folder;
  const std::string song = folder.file("some song.dat", std::string(3000, 's') + std::string(500, 'g'));
  const ProgramResult result =
      run_program("run " + plain + " --open '" + song + "' --filter 'read/pieces-*' --output json:-");
  const json report = json::parse(result.out);
  EXPECT_EQ(report.at("totals").at("fail"), 0);
  EXPECT_EQ(report.at("candidate").at("manifest").at("open"), (json{"some song.dat"}));
}

TEST(Open, RefusesANameUnderWhichNothingOpens) {
  expect_refusal("run " + plain + " --open nowhere.dat", 3,
                 {"a name that was said to open does not: OPEN READ of 'nowhere.dat' answered 257"});
}

TEST(Filter, TakesRequirementsAndMessages) {
  const auto ids = [](const std::string& filter) {
    return json::parse(run_program("list cases --json --filter " + filter).out);
  };
  for (const json& one : ids("WF-05")) {
    const auto& rows = one.at("requirements");
    EXPECT_NE(std::find(rows.begin(), rows.end(), "WF-05"), rows.end()) << one.at("id");
  }
  EXPECT_GT(ids("WF-05").size(), 2u);
  EXPECT_GT(ids("RENAME").size(), 15u);
  EXPECT_LT(ids("RENAME").size(), 200u);
  EXPECT_EQ(ids("'rename/*'").size() > 0, true);
}

}  // namespace
}  // namespace mmio_cts
