#include "suite/run/sweep.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "suite/script/sweep.h"

namespace mmio_cts {
namespace {

/// Whether any call of the system is like that.
template <typename Predicate>
bool any_call(const Trace& trace, Predicate is_like_that) {
  return std::any_of(trace.begin(), trace.end(), [&](const Observation& observation) {
    const auto* message = std::get_if<MessageObservation>(&observation);
    return message != nullptr &&
           std::any_of(message->os_calls.begin(), message->os_calls.end(), is_like_that);
  });
}

bool met_a_fault(const Trace& trace) {
  return std::any_of(trace.begin(), trace.end(),
                     [](const Observation& observation) {
                       const auto* end = std::get_if<EndObservation>(&observation);
                       return end != nullptr && end->kind == EndObservation::Kind::killed;
                     }) ||
         any_call(trace, [](const OsCall& call) { return call.injected; });
}

const Fault& fault_of(const Case& swept) {
  for (const Step& step : swept.steps)
    if (const auto* set = std::get_if<SetFault>(&step.action); set != nullptr && set->each)
      return *set->fault;
  throw std::logic_error(swept.id + " sweeps nothing");
}

/// What the runs before have put to the test, too.
void add_to(CaseResult& result, CaseResult before) {
  result.decided.merge(before.decided);
  for (auto& [name, values] : before.traits) result.traits[name].merge(values);
  add(before.faults, result.faults);
  add(before.system, result.system);
}

/// Nothing failed in the first run.
void explain_nothing(const Case& swept, const Trace& trace, CaseResult& result) {
  const std::string_view call = os_call_names[static_cast<std::size_t>(fault_of(swept).on)];
  const bool is_mapped = any_call(trace, [](const OsCall& one) { return one.kind == OsCallKind::map; });
  if (result.faults.empty()) {
    result.end = CaseEnd::skipped;
    result.decided.clear();
    result.reason =
        is_mapped
            ? fmt::format("the procedure works through a mapping, which shows no {} that could fail", call)
            : fmt::format("the procedure makes no call of the system that this would fail: {}", call);
  } else {
    result.end = CaseEnd::error;
    result.reason = fmt::format("a fault was to come of each {}, and none did", call);
  }
}

}  // namespace

CaseRun run_sweep(const Case& swept, const std::function<CaseRun(Case)>& run_one) {
  CaseResult before;
  std::int64_t duration_us = 0;
  for (int nth = 1;; ++nth) {
    CaseRun run = run_one(at_call(swept, nth));
    CaseResult& result = run.judged.result;
    const bool is_right = result.end == CaseEnd::complete && result.violations.empty();
    const bool goes_on = is_right && met_a_fault(run.trace) && nth < most_runs_of_a_sweep;
    if (is_right && !goes_on && nth == 1) explain_nothing(swept, run.trace, result);
    run.duration_us += duration_us;
    if (result.end != CaseEnd::skipped) add_to(result, std::move(before));
    if (!goes_on) return run;
    duration_us = run.duration_us;
    before = std::move(result);
  }
}

}  // namespace mmio_cts
