#include "suite/judge/invariants.h"

#include <fmt/format.h>

#include <cstdlib>

#include "suite/contract/message.h"

namespace mmio_cts {

void judge_width_and_memory(Answer& answer) {
  if (answers_count_or_position(answer.send.message) && answer.seen.result == -1)
    answer.notes.decide("ABI-05");
  if (answer.seen.result != answer.value)
    answer.notes.violate("ABI-05", "neg1_zero_extended", "-1 in all bits of the LRESULT",
                         fmt::format("0x{:016X}", static_cast<std::uint64_t>(answer.seen.result)));
  if (answer.send.message == message::read || answer.send.message == message::write ||
      answer.send.message == message::write_flush)
    answer.notes.decide("IP-13");
  if (answer.seen.overrun != 0)
    answer.notes.violate("IP-13", "buffer_overrun", "no byte outside the caller's memory changed",
                         fmt::format("changed up to {} {} it", in_bytes(std::abs(answer.seen.overrun)),
                                     answer.seen.overrun > 0 ? "behind" : "before"));
  if (!answer.send.data.empty()) answer.notes.decide("WR-03");
  if (answer.seen.source_changed)
    answer.notes.violate("WR-03", "source_changed", "the caller's data unchanged", "changed");
  if (answer.send.message != message::read || answer.value < 0) return;
  answer.notes.decide("RD-12");
  if (answer.seen.tail_changed >= 0)
    answer.notes.violate("RD-12", "bytes_after_count_changed",
                         fmt::format("nothing changed behind the {} that were read", in_bytes(answer.value)),
                         fmt::format("byte {} of the buffer changed", answer.seen.tail_changed));
}

void judge_members(Answer& answer) {
  for (const MemberRow& row : guarded_members) answer.notes.decide(std::string(row.requirement));
  for (const MemberChange& change : answer.seen.changes) {
    const MemberRow& row = member_row(change.member);
    // Values may be addresses, which differ from run to run: they are no part of what is told.
    answer.notes.violate(std::string(row.requirement), "member_changed",
                         fmt::format("{} unchanged", row.name), fmt::format("{} changed", row.name));
  }
}

}  // namespace mmio_cts
