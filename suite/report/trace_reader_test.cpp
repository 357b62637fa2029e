#include "suite/report/trace_reader.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "suite/report/example_run_for_test.h"
#include "suite/report/trace_json.h"

namespace mmio_cts {
namespace {

using nlohmann::json;

// The example's traces hold every kind of observation, and one has its middle omitted.
TEST(TraceReader, GivesATraceOfWhichTheSameIsTold) {
  Example example = failing_example();
  CaseRun& flush = example.case_run("writeflush/on-a-full-store");
  flush.trace.insert(flush.trace.begin() + 4, NotSentObservation{3});
  auto sent = std::get<MessageObservation>(flush.trace[3]);
  sent.source_changed = true;
  sent.handle = MessageObservation::Handle::open;
  sent.info_overrun = -4;
  sent.not_restored = {CallerState::xmm6, CallerState::working_directory};
  sent.os_calls.assign(25, {OsCallKind::write, 2, 100, 40, 30, 0, true, ""});
  sent.os_calls[1] = {OsCallKind::open, 0, -1, 0, 0, 13, false, ""};
  sent.more_os_calls = 7;
  flush.trace[3] = sent;
  flush.trace.insert(flush.trace.begin() + 4, TouchObservation{3, Touched::new_name, true, true, 2});
  for (const CaseRun& one : example.run.cases) {
    CaseRun again = one;
    const auto told = trace_json(one);
    again.trace = trace_from_json(json::parse(told.dump()), *one.judged.script);
    EXPECT_EQ(again.trace.size(), one.trace.size()) << one.judged.script->id;
    EXPECT_EQ(trace_json(again).dump(2), told.dump(2)) << one.judged.script->id;
  }
}

TEST(TraceReader, RefusesWhatNoCaseShows) {
  const Example example = failing_example();
  const Case& script = example.cases.front();
  const auto refuses = [&](const char* told) {
    EXPECT_THROW(trace_from_json(json::parse(told), script), std::invalid_argument) << told;
  };
  refuses(R"([{"kind": "message", "step": "/steps/9", "action": "CLOSE"}])");
  refuses(R"([{"kind": "message", "step": "/steps/1", "action": "READ 5 bytes"}])");
  refuses(
      R"([{"kind": "message", "step": "/steps/1", "action": "CLOSE", "data": {"size": -1, "first": ""}}])");
  refuses(R"([{"kind": "omitted", "count": 4000000000}])");
  refuses(R"([{"kind": "touch", "step": "/steps/1", "action": "CLOSE", "memory": "somebody's"}])");
  refuses(R"([{"kind": "message", "step": "/steps/1", "action": "CLOSE", "not_restored": ["CR3"]}])");
  refuses(R"([{"kind": "message", "step": "/steps/1", "action": "CLOSE", "os_calls": [{"kind": "ioctl"}]}])");
  refuses(R"([{"kind": "inspect", "step": "/steps/1", "action": "CLOSE", "files": []}])");
}

}  // namespace
}  // namespace mmio_cts
