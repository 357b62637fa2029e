#include "suite/candidate/procedure_choice.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "suite/candidate/image_for_test.h"

namespace mmio_cts {
namespace {

using Kind = CandidateError::Kind;

/// The choice, or "kind: message".
std::string choice(Abi abi, const std::vector<TestExport>& exports,
                   std::optional<std::string_view> requested = std::nullopt) {
  const auto image = read_image(make_image(abi, {.exports = exports}));
  if (!image) return to_string(image.error().error);
  const auto procedure = choose_procedure(*image, requested);
  if (procedure) return *procedure;
  const bool ambiguous = procedure.error().kind == Kind::ambiguous;
  EXPECT_TRUE(ambiguous || procedure.error().kind == Kind::no_such_export);
  return (ambiguous ? "ambiguous: " : "none: ") + procedure.error().error.message;
}

std::vector<TestExport> named(const std::vector<std::string>& names) {
  std::vector<TestExport> exports;
  for (const std::string& name : names) exports.push_back({.name = name});
  return exports;
}

std::string guessed(const std::vector<std::string>& names, Abi abi = Abi::windows_x86) {
  return choice(abi, named(names));
}

TEST(ProcedureChoice, PrefersIOProcAndMMIOProcInAnyCaseAndDecoration) {
  for (const char* name : {"IOProc", "ioproc", "IOPROC", "MMIOProc", "mmioproc", "_IOProc@16", "IOProc@16",
                           "_MMIOProc@16", "_IOProc"})
    EXPECT_EQ(guessed({"Alpha", "MyIOProc", name, "Zulu"}), name);
  EXPECT_EQ(guessed({"Alpha", "IOProc"}, Abi::linux_x64), "IOProc");
}

TEST(ProcedureChoice, ElseTakesTheOnlyExportThatContainsIOProc) {
  EXPECT_EQ(guessed({"Alpha", "ZipIoProcA", "Zulu"}), "ZipIoProcA");
  EXPECT_EQ(guessed({"Alpha", "?IOProc@@YGJPADIJJ@Z"}), "?IOProc@@YGJPADIJJ@Z");
  EXPECT_EQ(guessed({"Alpha", "_Z6IOProcPcjll"}, Abi::linux_x64), "_Z6IOProcPcjll");
}

TEST(ProcedureChoice, ElseTakesTheOnlyExport) {
  EXPECT_EQ(guessed({"Handler"}), "Handler");
  EXPECT_EQ(guessed({""}), "#1");
}

TEST(ProcedureChoice, PassesOverDataAndEntryPointsOfLoaders) {
  EXPECT_EQ(guessed({"DllMain", "_DllMain@12", "DllRegisterServer", "Handler", "___CPPdebugHook", "WEP"}),
            "Handler");
  EXPECT_EQ(guessed({"_init", "_fini", "handler"}, Abi::linux_x64), "handler");
  for (const Abi abi : all_abis)
    EXPECT_EQ(choice(abi, {{.name = "IOProcTable", .data = true}, {.name = "Handler"}}), "Handler");
}

TEST(ProcedureChoice, CountsSeveralNamesOfOneFunctionOnce) {
  EXPECT_EQ(choice(Abi::windows_x86, {{.name = "_IOProc@16"}, {.name = "IOProc", .same_address_as = 0}}),
            "IOProc");
}

TEST(ProcedureChoice, ListsTheExportsIfItIsAmbiguous) {
  EXPECT_EQ(guessed({"IOProc", "MMIOProc", "Other"}),
            "ambiguous: which of its exports is the procedure must be named: IOProc, MMIOProc");
  EXPECT_EQ(guessed({"AIOProc", "BIOProc", "Other"}),
            "ambiguous: which of its exports is the procedure must be named: AIOProc, BIOProc");
  EXPECT_EQ(guessed({"DllMain", "Zulu", "", "Alpha"}),
            "ambiguous: which of its exports is the procedure must be named: Alpha, Zulu, #3");
}

TEST(ProcedureChoice, ListsTwentyExportsAtMost) {
  std::vector<std::string> names;
  std::string shown;
  for (int i = 10; i < 33; ++i) names.push_back(fmt::format("f{}", i));
  for (int i = 10; i < 30; ++i) shown += fmt::format("f{}, ", i);
  EXPECT_EQ(guessed(names),
            "ambiguous: which of its exports is the procedure must be named: " + shown + "and 3 more");
}

TEST(ProcedureChoice, FindsNothingWhereThereIsNothing) {
  EXPECT_EQ(guessed({}), "none: exports nothing");
  EXPECT_EQ(guessed({"DllMain"}), "none: exports no procedure, only DllMain");
  EXPECT_EQ(choice(Abi::windows_x86, {}, "IOProc"), "none: has no export 'IOProc'; it exports nothing");
}

TEST(ProcedureChoice, TakesTheNameAskedForExactlyThenDecoratedThenByOrdinal) {
  const auto exports = named({"IOProc", "_Zip@16", "Zip2@16", ""});
  EXPECT_EQ(choice(Abi::windows_x86, exports, "IOProc"), "IOProc");
  EXPECT_EQ(choice(Abi::windows_x86, exports, "Zip"), "_Zip@16");
  EXPECT_EQ(choice(Abi::windows_x86, exports, "Zip2"), "Zip2@16");
  EXPECT_EQ(choice(Abi::windows_x86, exports, "_Zip@16"), "_Zip@16");
  EXPECT_EQ(choice(Abi::windows_x86, exports, "#4"), "#4");
  EXPECT_EQ(choice(Abi::windows_x64, exports, "#1"), "IOProc");
}

TEST(ProcedureChoice, SuggestsTheNearestNameForOneThatIsMissing) {
  const auto exports = named({"Alpha", "IOProc"});
  EXPECT_EQ(choice(Abi::windows_x86, exports, "IOPorc"),
            "none: has no export 'IOPorc' (did you mean 'IOProc'?); it exports Alpha, IOProc");
  EXPECT_EQ(choice(Abi::windows_x86, exports, "ioproc"),
            "none: has no export 'ioproc' (did you mean 'IOProc'?); it exports Alpha, IOProc");
  EXPECT_EQ(choice(Abi::windows_x86, exports, "Something"),
            "none: has no export 'Something'; it exports Alpha, IOProc");
  EXPECT_EQ(choice(Abi::windows_x86, exports, "#7"), "none: has no export '#7'; it exports Alpha, IOProc");
  EXPECT_EQ(choice(Abi::windows_x86, exports, "#1x"), "none: has no export '#1x'; it exports Alpha, IOProc");
  EXPECT_EQ(choice(Abi::windows_x86, exports, ""), "none: has no export ''; it exports Alpha, IOProc");
  EXPECT_EQ(choice(Abi::linux_x64, exports, "#1"),
            "none: has no export '#1' (only Windows libraries have ordinals); it exports Alpha, IOProc");
}

TEST(ProcedureChoice, RefusesDataThatIsAskedFor) {
  EXPECT_EQ(choice(Abi::linux_x64, {{.name = "table", .data = true}}, "table"),
            "none: export 'table' is data, not a procedure");
}

}  // namespace
}  // namespace mmio_cts
