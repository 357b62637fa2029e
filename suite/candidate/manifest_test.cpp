#include "suite/candidate/manifest.h"

#include <gtest/gtest.h>

#include <fstream>

#include "suite/candidate/scratch_folder_for_test.h"

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;

tl::expected<Manifest, Error> parse(const std::string& text) {
  static const Contract contract = Contract::embedded();
  return parse_manifest(text, "/some/where/m.json", contract);
}

std::string error_of(const std::string& text) {
  const auto manifest = parse(text);
  return manifest ? "no error" : to_string(manifest.error());
}

TEST(Manifest, MaySayNothing) {
  const auto manifest = parse("{}");
  ASSERT_TRUE(manifest) << to_string(manifest.error());
  EXPECT_TRUE(manifest->library.empty());
  EXPECT_EQ(manifest->procedure.reach.name, "");
  EXPECT_FALSE(manifest->names);
  EXPECT_FALSE(manifest->content);
}

TEST(Manifest, SaysAllOfACandidate) {
  const auto manifest = parse(R"({"title": "t", "library": "sub/foo.dll",
    "procedure": {"installed": "ABC ", "init": "Install", "exit": "Remove"}, "adapter": "../ad.dll",
    "names": "c.abc+{name}", "open": ["a", "b"], "info": [1, -1, 4294967295], "content": "opaque",
    "capabilities": {"read": true, "rename": false}, "user_messages": ["USER+5", 40000],
    "known_failures": [{"requirement": "WF-05", "code": "sign_loss", "reason": "r", "expires": "2028-02-29"}]})");
  ASSERT_TRUE(manifest) << to_string(manifest.error());
  EXPECT_EQ(manifest->library, "/some/where/sub/foo.dll");
  EXPECT_EQ(label(manifest->procedure.reach), "'ABC '");
  EXPECT_EQ(manifest->procedure.reach.init, "Install");
  EXPECT_EQ(manifest->procedure.reach.exit, "Remove");
  EXPECT_EQ(manifest->procedure.adapter, "/some/ad.dll");
  EXPECT_EQ(*manifest->names, "c.abc+{name}");
  EXPECT_EQ(manifest->open, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(manifest->info, (std::array<std::uint32_t, 3>{1, 0xFFFFFFFF, 0xFFFFFFFF}));
  EXPECT_EQ(manifest->content, Content::opaque);
  EXPECT_EQ(manifest->capabilities,
            (std::map<Capability, bool>{{Capability::read, true}, {Capability::rename, false}}));
  EXPECT_EQ(manifest->user_messages, (std::set<std::uint32_t>{0x8005, 40000}));
  EXPECT_EQ(manifest->known_failures.at(0).expires, "2028-02-29");
}

TEST(Manifest, NamesMayBeNull) {
  const auto manifest = parse(R"({"names": null})");
  ASSERT_TRUE(manifest && manifest->names);
  EXPECT_FALSE(*manifest->names);
}

TEST(Manifest, NamesTheProcedureInEachWay) {
  EXPECT_EQ(label(parse(R"({"procedure": "IOProc"})")->procedure.reach), "IOProc");
  EXPECT_EQ(label(parse(R"({"procedure": "#3"})")->procedure.reach), "#3");
  EXPECT_EQ(label(parse(R"({"procedure": {"export": "IOProc", "init": "SetUp"}})")->procedure.reach),
            "IOProc");
  EXPECT_EQ(label(parse(R"({"procedure": {"returned_by": "GetProc"}})")->procedure.reach), "GetProc()");
}

TEST(Manifest, NamesFileAndPlaceOfAMistake) {
  EXPECT_EQ(error_of("{"), "/some/where/m.json: byte 2: not JSON");
  EXPECT_EQ(error_of("[]"), "/some/where/m.json: [] is of the wrong type");
  EXPECT_EQ(error_of(R"({"libary": "x"})"), "/some/where/m.json: member 'libary' is not known here");
  EXPECT_EQ(error_of(R"({"capabilities": {"reed": true}})"),
            "/some/where/m.json: /capabilities: member 'reed' is not known here");
  EXPECT_EQ(error_of(R"({"capabilities": {"read": 1}})"),
            "/some/where/m.json: /capabilities/read: 1 is of the wrong type");
  EXPECT_EQ(error_of(R"({"procedure": {"init": "x"}})"),
            "/some/where/m.json: /procedure: one of export, returned_by and installed is wanted");
  EXPECT_EQ(error_of(R"({"procedure": {"installed": "ABC"}})"),
            "/some/where/m.json: /procedure/installed: 'ABC' is no FOURCC: four characters, blanks included");
  EXPECT_EQ(error_of(R"({"names": "x"})"),
            "/some/where/m.json: /names: {name}, which stands for the case's name, is missing in it");
  EXPECT_EQ(error_of(R"({"files": ["no.abc"]})"),
            "/some/where/m.json: /files/0: /some/where/no.abc is no file");
  EXPECT_EQ(error_of(R"({"info": [1, 2]})"),
            "/some/where/m.json: /info: the three elements of adwInfo are wanted");
  EXPECT_EQ(error_of(R"({"info": [1, 2, 4294967296]})"),
            "/some/where/m.json: /info/2: 4294967296 does not fit a DWORD");
  EXPECT_EQ(error_of(R"({"info": [1, 2, 18446744073709551615]})"),
            "/some/where/m.json: /info/2: 18446744073709551615 does not fit a DWORD");
  EXPECT_EQ(
      error_of(R"({"user_messages": [-1]})"),
      "/some/where/m.json: /user_messages/0: -1 is no message of its own: USER+n, or a number from 32768 on");
  EXPECT_EQ(
      error_of(R"({"names": "../{name}"})"),
      "/some/where/m.json: /names: names hold no folder: each case runs in an empty directory of its own");
  EXPECT_EQ(error_of(R"({"library": ""})"), "/some/where/m.json: /library: an empty path names nothing");
  EXPECT_EQ(error_of(R"({"open": )" + std::string(100'000, '[') + std::string(100'000, ']') + "}"),
            "/some/where/m.json: is nested more than 64 levels deep");
  EXPECT_EQ(error_of(R"({"content": "some"})"),
            "/some/where/m.json: /content: \"some\" is not one of the values allowed here");
  EXPECT_EQ(error_of(R"({"user_messages": ["READ"]})"),
            "/some/where/m.json: /user_messages/0: \"READ\" is no message of its own: USER+n, or a number "
            "from 32768 on");
}

TEST(Manifest, KnownFailuresHaveARowAReasonAndADay) {
  const auto with = [](const std::string& entry) {
    return error_of(R"({"known_failures": [)" + entry + "]}");
  };
  EXPECT_EQ(with(R"({"requirement": "WF-05", "reason": "r"})"),
            "/some/where/m.json: /known_failures/0: member 'expires' is missing");
  EXPECT_EQ(with(R"({"requirement": "WF-99", "reason": "r", "expires": "2027-01-01"})"),
            "/some/where/m.json: /known_failures/0/requirement: \"WF-99\" is no requirement; `mmio-cts list "
            "requirements` shows them");
  EXPECT_EQ(with(R"({"requirement": "WF-05", "reason": " ", "expires": "2027-01-01"})"),
            "/some/where/m.json: /known_failures/0/reason: a known failure is accepted for a reason");
  for (const char* day : {"2027-02-29", "2027-1-1", "tomorrow", "2027-00-01", "20270101"})
    EXPECT_EQ(with(R"({"requirement": "WF-05", "reason": "r", "expires": ")" + std::string(day) + "\"}"),
              "/some/where/m.json: /known_failures/0/expires: '" + std::string(day) +
                  "' is no day such as 2027-01-31");
}

TEST(Manifest, DoesNotContradictItself) {
  EXPECT_EQ(error_of(R"({"capabilities": {"read": false, "write": false}})"),
            "/some/where/m.json: /capabilities: a procedure that neither reads nor writes cannot be judged");
  EXPECT_EQ(error_of(R"({"names": null, "capabilities": {"null_name": false}})"),
            "/some/where/m.json: /names: null is sent for a name, but null_name is false");
}

TEST(OpenName, OfAFileMakesACopyOfItAndIsItsOwnNameThen) {
  const ScratchFolder scratch;
  const fs::path file = scratch.add("song.abc", {});
  Manifest manifest;
  for (const std::string& name : {file.string(), file.string() + "+one", std::string("no such file")})
    EXPECT_FALSE(add_open_name(manifest, name)) << name;
  EXPECT_EQ(manifest.open, (std::vector<std::string>{"song.abc", "song.abc+one", "no such file"}));
  EXPECT_EQ(manifest.files, (std::vector<fs::path>{file}));
}

TEST(OpenName, ThatMakesNoSenseIsRefused) {
  const ScratchFolder one("one"), two("two");
  Manifest manifest;
  EXPECT_EQ(to_string(add_open_name(manifest, "").value()), "--open : an empty name opens nothing");
  EXPECT_EQ(to_string(add_open_name(manifest, "\xE4.dat").value()),
            "--open \\xe4.dat: a name must be UTF-8 without control characters");
  EXPECT_FALSE(add_open_name(manifest, one.add("song.abc", {}).string()));
  EXPECT_NE(to_string(add_open_name(manifest, two.add("song.abc", {}).string()).value())
                .find("cannot lie in one directory"),
            std::string::npos);
}

}  // namespace
}  // namespace mmio_cts
