#include "suite/judge/fault_tally.h"

#include <algorithm>

#include "suite/contract/message.h"
#include "suite/judge/answer.h"

namespace mmio_cts {
namespace {

bool tells_of_it(const Answer& answer, FaultKind kind) {
  switch (answer.send.message) {
    case message::write:
    case message::write_flush:
      return answer.value < answer.send.count || answer.value < 0;
    case message::read:
      return answer.value < 0 || (kind == FaultKind::short_transfer && answer.value < answer.send.count);
    case message::seek:
      return answer.value < 0;
    default:
      return answer.value != 0;
  }
}

// Calls about other files than those that it opened itself meet none.
bool could_meet(const OsCall& call, const Fault& fault) {
  const bool names_its_file =
      call.kind == OsCallKind::open || call.kind == OsCallKind::rename || call.kind == OsCallKind::remove;
  return call.kind == fault.on && (call.file != 0 || names_its_file) &&
         (fault.kind != FaultKind::short_transfer || call.asked > fault.amount);
}

}  // namespace

void add(const FaultTallies& more, FaultTallies& all) {
  for (const auto& [key, tally] : more) {
    FaultTally& sum = all[key];
    sum.injected += tally.injected;
    sum.surfaced += tally.surfaced;
    sum.absorbed += tally.absorbed;
  }
}

void tally_fault(const Answer& answer, FaultTallies& all) {
  if (answer.fault == nullptr) return;
  const Fault& fault = *answer.fault;
  const auto& calls = answer.seen.os_calls;
  const bool met = std::any_of(calls.begin(), calls.end(), [](const OsCall& call) { return call.injected; });
  if (!met &&
      std::none_of(calls.begin(), calls.end(), [&](const OsCall& call) { return could_meet(call, fault); }))
    return;
  FaultTally& tally = all[{answer.send.message, fault.kind}];
  if (!met) return;
  ++tally.injected;
  ++(tells_of_it(answer, fault.kind) ? tally.surfaced : tally.absorbed);
}

}  // namespace mmio_cts
