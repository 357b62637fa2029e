#include "suite/script/sweep.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "suite/contract/contract.h"
#include "suite/script/case_reader.h"

namespace mmio_cts {
namespace {

const Contract contract = Contract::embedded();

std::string swept(const std::string& sweep, const std::string& fault = R"({"fault": "sweep"},)") {
  return R"({"title": "t", "requirements": ["WF-01"], "sweep": )" + sweep + R"(, "steps": [)" + fault +
         R"({"send": "CLOSE"}]})";
}

tl::expected<std::vector<Case>, Error> read(const std::string& text) {
  return read_cases(text, "sweep/name", "name.json", contract);
}

const char* const together =
    "name.json: \"sweep\" and steps {\"fault\": \"sweep\"} or {\"fault\": \"kill\"}, all alike, go together";

std::string error_of(const std::string& text) {
  const auto cases = read(text);
  return cases ? "no error" : to_string(cases.error());
}

TEST(Sweep, HasAnInstanceForEveryWayInWhichACallCanFail) {
  const auto cases = read(swept(R"(["seek", "read"])"));
  ASSERT_TRUE(cases) << to_string(cases.error());
  std::set<std::string> ids;
  for (const Case& one : *cases) {
    ids.insert(one.id.substr(one.id.find('=')));
    EXPECT_TRUE(one.only_in_sweep && one.sweeps() && one.observes_os_calls) << one.id;
    EXPECT_FALSE(one.is_same_everywhere()) << one.id;
  }
  EXPECT_EQ(ids, (std::set<std::string>{"=read:delay", "=read:interrupted", "=read:io_error",
                                        "=read:io_error:lasting", "=read:network_error",
                                        "=read:network_error:lasting", "=read:short", "=read:short:lasting",
                                        "=seek:io_error", "=seek:io_error:lasting"}));
}

TEST(Sweep, MayKillTheProcessAfterEachCall) {
  const auto cases = read(swept(R"(["write", "flush"])", R"({"fault": "kill"}, {"restart": true},)"));
  ASSERT_TRUE(cases) << to_string(cases.error());
  ASSERT_EQ(cases->size(), 2u);
  EXPECT_EQ(cases->at(1).id, "sweep/name@fault=flush:killed");
  EXPECT_EQ(describe(cases->at(1).steps[0]), "fault: each flush: killed");
  EXPECT_EQ(error_of(swept(R"(["write"])", R"({"fault": "kill"},)")),
            "name.json: /steps/0: whoever kills the process restarts it later");
}

TEST(Sweep, MayBeAboutOneErrorAlone) {
  const auto cases = read(swept(R"(["write", "flush"])",
                                R"({"repeat": 2, "steps": [{"fault": "sweep", "error": "io_error"}]},)"));
  ASSERT_TRUE(cases) << to_string(cases.error());
  ASSERT_EQ(cases->size(), 2u);
  EXPECT_EQ(cases->at(1).id, "sweep/name@fault=flush:io_error");
  EXPECT_EQ(describe(at_call(cases->at(1), 2).steps[1]), "fault: the 2. flush: io_error");
  EXPECT_EQ(error_of(swept(R"(["write"])", R"({"fault": "sweep", "error": "short"},)")),
            "name.json: a sweep is of no error 'short'");
}

TEST(Sweep, GoesFromOneCallToTheNext) {
  const Case one = read(swept(R"(["read"])"))->at(2);
  ASSERT_EQ(one.id, "sweep/name@fault=read:network_error");
  EXPECT_EQ(describe(one.steps[0]), "fault: each read: network_error");
  const Case third = at_call(one, 3);
  EXPECT_EQ(third.failing_call, 3);
  EXPECT_FALSE(third.sweeps());
  EXPECT_EQ(describe(third.steps[0]), "fault: the 3. read: network_error");
  EXPECT_EQ(third.step_documents[0], R"({"error":"network_error","fault":"read","nth":3})");
  EXPECT_EQ(third.step_documents[1], one.step_documents[1]);
}

TEST(Sweep, ACaseMayAlsoLetOneKindOfFaultBefallEachCall) {
  const auto cases = read(
      R"({"title": "t", "requirements": ["WF-01"],
          "steps": [{"fault": "write", "error": "disk_full", "nth": "each"}, {"send": "CLOSE"}]})");
  ASSERT_TRUE(cases) << to_string(cases.error());
  EXPECT_TRUE(cases->front().sweeps());
  EXPECT_FALSE(cases->front().only_in_sweep);
}

TEST(Sweep, SaysWhatIsWrong) {
  EXPECT_EQ(error_of(swept(R"(["write"])", "")), together);
  EXPECT_EQ(error_of(swept(R"(["sync"])")),
            "name.json: /sweep/0: \"sync\" is not one of the values allowed here");
  EXPECT_EQ(error_of(R"({"title": "t", "requirements": ["WF-01"], "steps": [{"fault": "sweep"}]})"),
            together);
  EXPECT_EQ(error_of(R"({"title": "t", "requirements": ["WF-01"],
                         "steps": [{"fault": "write", "error": "io_error", "nth": "all"}]})"),
            "name.json: /steps/0: nth is a number, or \"each\": each call in turn");
}

}  // namespace
}  // namespace mmio_cts
