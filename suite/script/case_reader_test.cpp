#include "suite/script/case_reader.h"

#include <gtest/gtest.h>

#include "suite/contract/message.h"
#include "suite/contract/mmsystem.h"

namespace mmio_cts {
namespace {

const Contract contract = Contract::embedded();

std::string with_steps(const std::string& steps) {
  return R"({"title": "t", "requirements": ["WF-01", "WF-09"], "steps": [)" + steps + "]}";
}

std::vector<Case> read(const std::string& text) {
  const auto cases = read_cases(text, "folder/name", "name.json", contract);
  if (!cases) ADD_FAILURE() << to_string(cases.error());
  return cases.value_or(std::vector<Case>{});
}

std::string error_of(const std::string& text) {
  const auto cases = read_cases(text, "folder/name", "name.json", contract);
  return cases ? "no error" : to_string(cases.error());
}

TEST(CaseReader, ReadsEveryKindOfStep) {
  const auto cases = read(with_steps(R"(
    {"prepare": "file", "name": "a.dat", "content": {"pattern": "fill", "value": 7, "size": 3}},
    {"send": "OPEN", "name": "a.dat", "flags": ["CREATE", "READWRITE"], "info": [1, 2, 3]},
    {"send": "WRITEFLUSH", "data": [{"pattern": "ramp", "size": 2}, {"pattern": "text", "text": "ab"}]},
    {"send": "READ", "size": 5, "until": "end", "expect": {"returns": {"min": 1, "max": 5}}},
    {"send": "SEEK", "offset": -5, "origin": "END", "requirement": "SK-06", "expect": {"returns": "error"}},
    {"send": "USER+3", "param1": 17},
    {"inspect": "a.dat", "expect": {"exists": true}},
    {"restart": true})"));
  ASSERT_EQ(cases.size(), 1u);
  EXPECT_EQ(cases[0].id, "folder/name");
  const auto& steps = cases[0].steps;
  ASSERT_EQ(steps.size(), 8u);
  EXPECT_EQ(std::get<Prepare>(steps[0].action).content, (Bytes{7, 7, 7}));
  const auto& open = std::get<Send>(steps[1].action);
  EXPECT_EQ(open.flags, MMIO_CREATE | MMIO_READWRITE);
  EXPECT_EQ(open.info[2], 3u);
  const auto& flush = std::get<Send>(steps[2].action);
  EXPECT_EQ(flush.message, message::write_flush);
  EXPECT_EQ(flush.data, (Bytes{1, 2, 'a', 'b'}));
  EXPECT_EQ(flush.count, 4);
  EXPECT_TRUE(std::get<Send>(steps[3].action).until_end);
  EXPECT_EQ(steps[4].requirement, "SK-06");
  EXPECT_EQ(steps[4].pointer, "/steps/4");
  EXPECT_EQ(std::get<Send>(steps[4].action).returns.kind, ExpectedResult::Kind::error);
  EXPECT_EQ(steps[2].requirement, "WF-01");
  EXPECT_EQ(std::get<Send>(steps[5].action).message, message::user + 3);
  EXPECT_EQ(std::get<Inspect>(steps[6].action).exists, true);
  EXPECT_TRUE(std::holds_alternative<Restart>(steps[7].action));
  EXPECT_EQ(cases[0].step_documents.size(), 8u);
}

TEST(CaseReader, ReadsWhatAManagerAndAThreadMayDoOtherwise) {
  const auto cases = read(with_steps(R"(
    {"send": "OPEN", "name": "a.dat", "pioproc": "set", "hmmio": 2},
    {"send": "CLOSE", "thread": "other"})"));
  ASSERT_EQ(cases.size(), 1u);
  const auto& open = std::get<Send>(cases[0].steps[0].action);
  EXPECT_TRUE(open.procedure_is_set);
  EXPECT_EQ(open.handle, 2);
  EXPECT_EQ(open.thread, SentFrom::same);
  EXPECT_EQ(describe(cases[0].steps[0]), "OPEN 'a.dat' READ with pIOProc set with hmmio 0x2");
  EXPECT_EQ(std::get<Send>(cases[0].steps[1].action).thread, SentFrom::other);
  EXPECT_EQ(describe(cases[0].steps[1]), "CLOSE on another thread");
  EXPECT_NE(error_of(with_steps(R"({"send": "CLOSE", "thread": "third"})")), "no error");
}

TEST(CaseReader, ReadsWhatIsSentAtOnce) {
  const auto cases = read(with_steps(R"(
    {"repeat": 2, "steps": [{"send": "READ", "size": 4},
                            {"send": "SEEK", "file": "b", "offset": 1, "origin": "SET", "thread": "meanwhile"}]})"));
  ASSERT_EQ(cases.size(), 1u);
  ASSERT_EQ(cases[0].steps.size(), 4u);
  EXPECT_FALSE(is_sent_meanwhile(cases[0].steps[2]));
  EXPECT_TRUE(is_sent_meanwhile(cases[0].steps[3]));
  EXPECT_EQ(describe(cases[0].steps[3]), "SEEK 1 from SET [b] meanwhile, on another thread");
}

TEST(CaseReader, RefusesWhatCannotBeSentAtOnce) {
  const std::string follows =
      "name.json: /steps/1: what is sent meanwhile follows a message to another file, sent from the same "
      "thread";
  const std::string first = R"({"send": "READ", "size": 4}, )";
  const auto second = [&](const std::string& members) {
    return error_of(
        with_steps(first + R"({"send": "READ", "size": 4, "thread": "meanwhile")" + members + "}"));
  };
  EXPECT_EQ(second(""), follows);
  EXPECT_EQ(
      second(R"(, "file": "b"}, {"send": "READ", "file": "c", "size": 4, "thread": "meanwhile")"),
      "name.json: /steps/2: what is sent meanwhile follows a message to another file, sent from the same "
      "thread");
  EXPECT_EQ(
      error_of(with_steps(R"({"send": "READ", "size": 4, "thread": "meanwhile"})")),
      "name.json: /steps/0: what is sent meanwhile follows a message to another file, sent from the same "
      "thread");
  const std::string alone =
      "name.json: /steps/1: OPEN, CLOSE and RENAME are not sent at once with another message, nor is what "
      "goes "
      "on until the end or uses pchBuffer";
  EXPECT_EQ(second(R"(, "file": "b", "until": "end")"), alone);
  EXPECT_EQ(second(R"(, "file": "b", "in": "pchBuffer")"), alone);
  EXPECT_EQ(error_of(with_steps(first + R"({"send": "CLOSE", "file": "b", "thread": "meanwhile"})")), alone);
  EXPECT_EQ(error_of(R"({"title": "t", "requirements": ["IP-20"], "guard": "behind", "steps": [)" + first +
                     R"({"send": "READ", "file": "b", "size": 4, "thread": "meanwhile"}]})"),
            "name.json: /steps/1: a case with guard sends nothing at once: a fault must tell its message");
}

TEST(CaseReader, ReadsFaults) {
  const auto step_of = [](const std::string& text) { return read(with_steps(text)).front().steps.front(); };
  const Step full = step_of(R"({"fault": "write", "error": "disk_full", "nth": 3, "lasting": true})");
  EXPECT_EQ(std::get<SetFault>(full.action).fault, (Fault{.nth = 3, .lasting = true}));
  EXPECT_EQ(describe(full), "fault: the 3. write and all after it: disk_full");
  EXPECT_EQ(describe(step_of(R"({"fault": "read", "short": 7})")),
            "fault: the 1. read: short transfer of 7 bytes");
  EXPECT_EQ(describe(step_of(R"({"fault": "flush", "delay": 20})")), "fault: the 1. flush: delay of 20 ms");
  EXPECT_EQ(describe(step_of(R"({"fault": "none"})")), "no fault any more");
  EXPECT_TRUE(read(with_steps(R"({"fault": "none"})")).front().observes_os_calls);
  EXPECT_FALSE(read(with_steps(R"({"send": "CLOSE"})")).front().observes_os_calls);
}

TEST(CaseReader, SaysWhatIsWrongWithAFault) {
  const auto fault_error = [](const std::string& members) {
    return error_of(with_steps(R"({"fault": )" + members + "}"));
  };
  const std::string place = "name.json: /steps/0: ";
  EXPECT_EQ(
      fault_error(R"("sync", "error": "disk_full")"),
      place +
          "unknown call 'sync'; open, close, read, write, seek, flush, truncate, rename, remove, map, exec");
  EXPECT_EQ(fault_error(R"("map", "error": "disk_full")"), place + "map and exec are only observed");
  EXPECT_EQ(fault_error(R"("write", "error": "full")"),
            place +
                "unknown error 'full'; disk_full, io_error, access_denied, sharing_violation, "
                "too_many_open_files, network_error, interrupted, killed, short, delay");
  EXPECT_EQ(fault_error(R"("write", "error": "short")"),
            place + "short and delay are members of their own, with an amount");
  const std::string one = place + "a fault is one of error, short and delay";
  EXPECT_EQ(fault_error(R"("write")"), one);
  EXPECT_EQ(fault_error(R"("write", "error": "io_error", "short": 3)"), one);
  EXPECT_EQ(fault_error(R"("close", "short": 3)"), place + "only a read or a write can be short");
  EXPECT_EQ(fault_error(R"("write", "short": 0)"), place + "short 0 is not between 1 and 10000");
  EXPECT_EQ(fault_error(R"("write", "error": "io_error", "nth": 0)"),
            place + "nth 0 is not between 1 and 1000000");
  EXPECT_EQ(fault_error(R"("none", "error": "io_error")"), place + "fault none says that nothing fails");
}

TEST(CaseReader, ReadsWhereTheMemoryLies) {
  const std::string head = R"({"title": "t", "requirements": ["IP-13"], "guard": )";
  const std::string tail = R"(, "steps": [{"send": "READ", "size": 8192, "in": "pchBuffer"},
                                          {"send": "USER+3", "param1": "memory"}]})";
  const auto cases = read(head + R"("behind")" + tail);
  ASSERT_EQ(cases.size(), 1u);
  EXPECT_EQ(cases[0].guard, Guard::behind);
  EXPECT_EQ(read(head + R"("before")" + tail)[0].guard, Guard::before);
  EXPECT_EQ(read(with_steps(R"({"send": "CLOSE"})"))[0].guard, Guard::none);
  EXPECT_TRUE(std::get<Send>(cases[0].steps[0].action).in_managers_buffer);
  EXPECT_EQ(describe(cases[0].steps[0]), "READ 8192 bytes in pchBuffer");
  EXPECT_TRUE(std::get<Send>(cases[0].steps[1].action).param1_is_memory);
  EXPECT_EQ(describe(cases[0].steps[1]), "USER+3 (memory, 0x0)");

  EXPECT_EQ(error_of(head + R"("beside")" + tail),
            "name.json: /guard: \"beside\" is neither \"behind\" nor \"before\"");
  EXPECT_EQ(error_of(with_steps(R"({"send": "READ", "size": 8193, "in": "pchBuffer"})")),
            "name.json: /steps/0: pchBuffer has 8192 bytes, and 8193 do not fit");
  EXPECT_EQ(error_of(with_steps(R"({"send": "USER+3", "param1": "elsewhere"})")),
            "name.json: /steps/0: param1 is a number, or \"memory\"");
}

TEST(CaseReader, UnrollsRepeat) {
  const auto cases = read(with_steps(R"({"repeat": 3, "steps": [{"send": "CLOSE"}, {"restart": true}]})"));
  ASSERT_EQ(cases.size(), 1u);
  ASSERT_EQ(cases[0].steps.size(), 6u);
  EXPECT_EQ(cases[0].steps[5].pointer, "/steps/0/steps/1");
}

TEST(CaseReader, NamesFileAndPlaceOfAMistake) {
  EXPECT_EQ(error_of("{"), "name.json: byte 2: not JSON");
  EXPECT_EQ(error_of(R"({"title": "t"})"), "name.json: member 'requirements' is missing");
  EXPECT_EQ(error_of(with_steps(R"({"send": "READ", "size": 1}, {"send": "SEEK", "offset": 1})")),
            "name.json: /steps/1: member 'origin' is missing");
  EXPECT_EQ(error_of(with_steps(R"({"send": "READ", "sise": 1})")),
            "name.json: /steps/0: member 'sise' is not known here");
  EXPECT_EQ(error_of(with_steps(R"({"send": "READ", "size": "1"})")),
            "name.json: /steps/0/size: \"1\" is of the wrong type");
  EXPECT_EQ(error_of(with_steps(R"({"sent": "READ"})")),
            "name.json: /steps/0: a step is one of send, prepare, inspect, reload_info, take_stock, restart, "
            "repeat");
  EXPECT_EQ(error_of(with_steps(R"({"prepare": "fall", "name": "a"})")),
            "name.json: /steps/0/prepare: \"fall\" is not one of the values allowed here");
  EXPECT_EQ(error_of(with_steps(R"({"send": "OPEN", "name": "a", "flags": ["CREAT"]})")),
            "name.json: /steps/0: unknown flag 'CREAT'");
  EXPECT_EQ(error_of(with_steps(R"({"send": "OPEN", "name": "../a"})")),
            "name.json: /steps/0/name: a name must stay inside the case's scratch directory");
  EXPECT_EQ(error_of(with_steps(R"({"repeat": 2, "steps": [{"send": "CLOSE", "x": 1}]})")),
            "name.json: /steps/0/steps/0: member 'x' is not known here");
  EXPECT_EQ(error_of(with_steps(R"({"send": "WRITE", "data": {"pattern": "ramp"}})")),
            "name.json: /steps/0/data: patterns ramp and fill, and only they, take a size");
  EXPECT_EQ(error_of(with_steps(R"({"send": "CLOSE", "requirement": "CL-99"})")),
            "name.json: /steps/0/requirement: \"CL-99\" is no requirement; `mmio-cts list requirements` "
            "shows them");
}

TEST(CaseReader, RepeatsOfRepeatsHaveALimit) {
  const auto nested = [](const std::string& steps) {
    return with_steps(R"({"repeat": 100000, "steps": [{"repeat": 100000, "steps": [)" + steps + "]}]}");
  };
  for (const char* steps : {"", R"({"send": "CLOSE"})"})
    EXPECT_TRUE(error_of(nested(steps)).ends_with("with all repeats there are more than 300000 steps"));
}

TEST(CaseReader, StockIsTakenWhereTheSuiteItselfHoldsNoMore) {
  EXPECT_EQ(error_of(with_steps(R"({"take_stock": 0})")),
            "name.json: /steps/0: 0 rounds are not between 1 and 500");
  EXPECT_EQ(error_of(with_steps(R"({"take_stock": 9223372036854775807})")),
            "name.json: /steps/0: 9223372036854775807 rounds are not between 1 and 500");
  const auto opens = [](int count) {
    return with_steps(R"({"take_stock": 1}, {"repeat": )" + std::to_string(count) +
                      R"(, "steps": [{"send": "OPEN", "name": "a"}]}, {"take_stock": 1})");
  };
  EXPECT_EQ(error_of(opens(500)), "no error");
  EXPECT_EQ(error_of(opens(501)),
            "name.json: /steps/1/steps/0: more than 500 OPENs and RENAMEs between two stock-takings");
  EXPECT_EQ(error_of(R"({"title": "t", "requirements": ["CL-14"], "guard": "behind", )"
                     R"("steps": [{"take_stock": 1}]})"),
            "name.json: /steps/0: a case with guard takes no stock: its pages are never given back");
}

TEST(CaseReader, NoTwoInstancesHaveTheSameId) {
  const auto with = [](const std::string& values) {
    return R"({"title": "t", "requirements": ["RD-01"], "for": {"size": )" + values +
           R"(}, "steps": [{"send": "OPEN", "name": "$size"}]})";
  };
  EXPECT_EQ(error_of(with(R"(["2", "4", "2"])")), "name.json: /for: two instances would be called '@size=2'");
  EXPECT_EQ(error_of(with(R"(["2", "4"])")), "no error");
}

TEST(CaseReader, ACaseForSomeAbisMustSayWhy) {
  const std::string head = R"({"title": "t", "requirements": ["WF-01"], "abis": ["linux-x64"], )";
  const std::string tail = R"("steps": [{"send": "CLOSE"}]})";
  EXPECT_NE(error_of(head + tail).find("says why"), std::string::npos);
  EXPECT_EQ(error_of(head + R"("why_not_everywhere": "because", )" + tail), "no error");
}

}  // namespace
}  // namespace mmio_cts
