#include "suite/run/plan.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "suite/run/case_demands.h"
#include "suite/script/case_reader.h"

namespace mmio_cts {
namespace {

const Contract& contract() {
  static const Contract all = Contract::embedded();
  return all;
}

Case case_with(const std::string& steps, const std::string& more = "") {
  const auto cases =
      read_cases(fmt::format(R"({{"title": "t", "requirements": ["IP-06"], {} "steps": [{}]}})", more, steps),
                 "id", "file", contract());
  if (!cases) throw std::invalid_argument(to_string(cases.error()));
  return cases->front();
}

/// The steps of the case as they are run, one after the other; or why it is not.
std::string adapted(const std::string& steps, const Profile& profile, const std::string& more = "") {
  const auto one = adapt(case_with(steps, more), profile, Abi::linux_x64, contract());
  if (!one) return one.error();
  std::string text;
  for (const Step& step : one->steps) text += (text.empty() ? "" : "; ") + describe(step);
  return text;
}

Profile without(std::initializer_list<Capability> lacking) {
  Profile profile;
  for (const Capability capability : lacking) profile.can.set(capability, false);
  return profile;
}

constexpr const char* reads_a_file =
    R"({"prepare": "file", "name": "a", "content": {"pattern": "ramp", "size": 30}},
  {"send": "OPEN", "name": "a", "flags": ["READ"]}, {"send": "READ", "size": 10}, {"send": "CLOSE"})";
constexpr const char* reads_content = R"({"prepare": "content", "name": "a", "size": 30},
  {"send": "OPEN", "name": "a", "flags": ["READ"]}, {"send": "SEEK", "offset": "$content-2", "origin": "SET"},
  {"send": "READ", "size": "$content+4"}, {"send": "CLOSE"})";
constexpr const char* writes_and_looks = R"({"send": "OPEN", "name": "a", "flags": ["CREATE", "READWRITE"]},
  {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 5}}, {"inspect": "a"}, {"send": "CLOSE"})";

TEST(Demands, AreWorkedOutFromTheSteps) {
  const CaseDemands demands = demands_of(case_with(
      R"({"send": "OPEN", "file": "x", "name": "a", "flags": ["CREATE", "WRITE"]},
         {"send": "OPEN", "file": "y", "name": "b+c", "flags": ["READ"]}, {"send": "CLOSE", "file": "x"},
         {"send": "OPEN", "file": "x", "name": "a", "flags": ["READ"], "info": [1, 0, 0]}, {"send": "USER+5"})"));
  EXPECT_EQ(
      demands.capabilities,
      (std::set<Capability>{Capability::create, Capability::write, Capability::read, Capability::multi_open,
                            Capability::element_names, Capability::keeps_content, Capability::ignores_info}));
  EXPECT_EQ(demands.names, (std::set<std::string>{"a", "b+c"}));
  EXPECT_EQ(demands.user_messages, (std::set<std::uint32_t>{0x8005}));
}

TEST(Demands, OfTheStoreAreThoseThatOnlyPlainFilesCanMeet) {
  EXPECT_TRUE(demands_of(case_with(R"({"prepare": "size_limit", "size": 9})"))
                  .capabilities.contains(Capability::store));
  EXPECT_TRUE(demands_of(case_with(R"({"send": "OPEN", "name": "sub/a", "flags": ["READ"]})"))
                  .capabilities.contains(Capability::store));
  EXPECT_FALSE(demands_of(case_with(reads_a_file)).capabilities.contains(Capability::store));
}

TEST(Adapt, LeavesACaseForPlainFilesAsItIs) {
  const Case one = case_with(reads_a_file);
  const auto same = adapt(one, {}, Abi::linux_x64, contract());
  ASSERT_TRUE(same);
  EXPECT_EQ(adapted(reads_a_file, {}), "prepare file 'a', 30 bytes; OPEN 'a' READ; READ 10 bytes; CLOSE");
  EXPECT_EQ(same->step_documents[2], one.step_documents[2]);
}

TEST(Adapt, SkipsWhatTheProcedureCannotDo) {
  EXPECT_EQ(adapted(reads_a_file, without({Capability::read})), "the procedure lacks 'read'");
  EXPECT_EQ(adapted(writes_and_looks, without({Capability::create})), "the procedure lacks 'create'");
  EXPECT_EQ(adapted(reads_a_file, {}, R"("needs": ["rename"],)").substr(0, 7), "prepare");
  EXPECT_EQ(adapted(reads_a_file, without({Capability::rename}), R"("needs": ["rename"],)"),
            "the procedure lacks 'rename'");
  EXPECT_EQ(adapted(reads_a_file, {}, R"("abis": ["windows-x86"], "why_not_everywhere": "so",)"),
            "not on this ABI: so");
}

TEST(Adapt, SendsNamesInTheirForm) {
  Profile profile = without({Capability::store});
  profile.names = "c.abc+{name}";
  EXPECT_EQ(adapted(R"({"send": "OPEN", "name": "a", "flags": ["CREATE", "WRITE"]})", profile),
            "OPEN 'c.abc+a' CREATE|WRITE");
}

TEST(Adapt, SendsNullWhereThereAreNoNames) {
  Profile profile = without({Capability::store});
  profile.names = std::nullopt;
  const std::string steps = R"({"send": "OPEN", "name": "a", "flags": ["CREATE", "WRITE"]})";
  EXPECT_EQ(adapted(steps, profile), "OPEN NULL for 'a' CREATE|WRITE");
  const auto one = adapt(case_with(steps), profile, Abi::linux_x64, contract());
  EXPECT_TRUE(nlohmann::json::parse(one->step_documents[0]).at("name").is_null());
  EXPECT_EQ(adapted(steps + R"(, {"send": "OPEN", "file": "b", "name": "b", "flags": ["CREATE", "WRITE"]})",
                    profile),
            "the procedure does not tell names apart");
}

TEST(Adapt, FillsAStoreThatNobodyElseCanFillThroughTheProcedure) {
  EXPECT_EQ(adapted(reads_a_file, without({Capability::store})),
            "OPEN 'a' CREATE|READWRITE [prepared]; WRITE 30 bytes [prepared]; CLOSE [prepared]; OPEN 'a' "
            "READ; READ 10 bytes; "
            "CLOSE");
  EXPECT_EQ(adapted(reads_a_file, without({Capability::store, Capability::keeps_content})),
            "nothing can be put into its store from outside");
}

TEST(Adapt, LooksAtAStoreThroughTheProcedureInANewProcess) {
  EXPECT_EQ(adapted(writes_and_looks, without({Capability::store})),
            "OPEN 'a' CREATE|READWRITE; WRITEFLUSH 5 bytes; restart: the process ends without CLOSE; OPEN "
            "'a' READ [look "
            "3]; READ 4096 bytes until the end [look 3]; CLOSE [look 3]");
  EXPECT_EQ(adapted(writes_and_looks, without({Capability::store, Capability::outlives_process})),
            "the procedure lacks 'outlives_process'");
  EXPECT_EQ(adapted(R"({"send": "OPEN", "name": "a", "flags": ["CREATE", "WRITE"]}, {"inspect": "a"},
                       {"send": "WRITE", "data": {"pattern": "ramp", "size": 5}})",
                    without({Capability::store})),
            "its store can only be looked at through itself, not in the middle of a case");
}

TEST(Adapt, TakesTheProceduresOwnContentAndItsSize) {
  Profile profile = without({Capability::store, Capability::write, Capability::create});
  profile.content = Content::opaque;
  profile.own = {{"tone.wav", Bytes(500, 7)}};
  EXPECT_EQ(adapted(reads_content, profile),
            "prepare content 'tone.wav', 500 bytes; OPEN 'tone.wav' READ; SEEK 498 from SET; READ 504 bytes; "
            "CLOSE");
  EXPECT_EQ(adapted(reads_a_file, profile), "nothing can be put into its store from outside");
  profile.own = {{"short.wav", Bytes(20, 7)}};
  EXPECT_EQ(adapted(reads_content, profile), "its own content has 20 bytes; the case needs 30");
}

TEST(Adapt, GoesThroughACaseWithEachContentThatIsLargeEnough) {
  Profile profile = without({Capability::store, Capability::write, Capability::create});
  profile.own = {{"a.wav", Bytes(50, 7)}, {"tiny.wav", Bytes(9, 7)}, {"b.wav", Bytes(40, 7)}};
  EXPECT_EQ(
      adapted(
          R"({"prepare": "content", "name": "x", "size": 30}, {"send": "OPEN", "name": "x", "flags": ["READ"]},
                       {"send": "READ", "size": "$content"})",
          profile),
      "prepare content 'a.wav', 50 bytes; OPEN 'a.wav' READ; READ 50 bytes; prepare content 'b.wav', 40 "
      "bytes; "
      "OPEN 'b.wav' READ [file 3]; READ 40 bytes [file 3]");
}

TEST(Adapt, MakesAFileWhereThereIsNoContent) {
  EXPECT_EQ(adapted(reads_content, {}),
            "prepare file 'a', 30 bytes; OPEN 'a' READ; SEEK 28 from SET; READ 34 bytes; CLOSE");
}

TEST(Adapt, AsksForNoMoreRightsThanThereAre) {
  EXPECT_EQ(adapted(writes_and_looks, without({Capability::read})),
            "OPEN 'a' CREATE|WRITE; WRITEFLUSH 5 bytes; inspect 'a'; CLOSE");
}

TEST(Adapt, SendsNoMessageThatIsTheProceduresOwn) {
  Profile profile;
  profile.user_messages = {0x8005};
  EXPECT_EQ(adapted(R"({"send": "USER+5"})", profile), "USER+5 is a message of the procedure's own");
  EXPECT_EQ(adapted(R"({"send": "USER+6"})", profile), "USER+6 (0x0, 0x0)");
}

TEST(Adapt, HandsOnAdwInfo) {
  Profile profile;
  profile.info = {1, 2, 3};
  const auto one = adapt(case_with(R"({"send": "OPEN", "name": "a", "flags": ["READ"]})"), profile,
                         Abi::linux_x64, contract());
  ASSERT_TRUE(one);
  EXPECT_EQ(nlohmann::json::parse(one->step_documents[0]).at("info"), (nlohmann::json{1, 2, 3}));
}

}  // namespace
}  // namespace mmio_cts
