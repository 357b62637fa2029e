#include "suite/judge/system_use.h"

#include <algorithm>

#include "suite/contract/message.h"
#include "suite/judge/answer.h"

namespace mmio_cts {

void add(const SystemUses& more, SystemUses& all) {
  for (const auto& [message, use] : more) {
    SystemUse& sum = all[message];
    sum.messages += use.messages;
    sum.calls += use.calls;
    sum.bytes_answered += use.bytes_answered;
    sum.bytes_read += use.bytes_read;
    sum.bytes_written += use.bytes_written;
    sum.syncs += use.syncs;
  }
}

void note_system_use(const Answer& answer, SystemUses& all) {
  SystemUse& use = all[answer.send.message];
  ++use.messages;
  if (answer.send.message != message::seek && answers_count_or_position(answer.send.message))
    use.bytes_answered += std::max<std::int64_t>(answer.value, 0);
  for (const OsCall& call : answer.seen.os_calls) {
    ++use.calls;
    if (call.kind == OsCallKind::read) use.bytes_read += call.done;
    if (call.kind == OsCallKind::write) use.bytes_written += call.done;
    if (call.kind == OsCallKind::flush && call.status == 0) ++use.syncs;
  }
  use.calls += static_cast<std::int64_t>(answer.seen.more_os_calls);
}

}  // namespace mmio_cts
