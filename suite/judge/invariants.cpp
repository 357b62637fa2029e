#include "suite/judge/invariants.h"

#include <fmt/format.h>

#include <cstdlib>
#include <map>
#include <vector>

#include "suite/contract/message.h"

namespace mmio_cts {
namespace {

std::string beside(std::int64_t distance) {
  return fmt::format("{} {} it", in_bytes(std::abs(distance)), distance > 0 ? "behind" : "before");
}

std::string_view memory_name(const TouchObservation& seen, const Send& send) {
  switch (seen.what) {
    case Touched::info:
      return "MMIOINFO";
    case Touched::name:
      return send.message == message::rename ? "the old name" : "the name";
    case Touched::new_name:
      return "the new name";
    default:
      return "the buffer";
  }
}

void judge_overruns(Answer& answer) {
  answer.notes.decide("ABI-07");
  if (answer.seen.info_overrun != 0)
    answer.notes.violate("ABI-07", "info_overrun", "no byte outside of MMIOINFO changed",
                         "changed up to " + beside(answer.seen.info_overrun));
  if (answer.seen.overrun != 0)
    answer.notes.violate("IP-13", "buffer_overrun", "no byte outside the caller's memory changed",
                         "changed up to " + beside(answer.seen.overrun));
}

}  // namespace

void judge_touch(const TouchObservation& seen, const Send& send, StepNotes& notes) {
  const std::string_view name = memory_name(seen, send);
  const std::string verb = seen.writes ? "writes" : "reads";
  if (seen.too_late)
    return notes.violate("IP-12", "pointer_kept",
                         fmt::format("nothing of {} touched after its message", name),
                         fmt::format("{} what {} was for an earlier message", verb, name));
  if (seen.distance == 0)
    return notes.violate("WR-03", "source_changed", "the caller's data unchanged", "written");
  const std::string expected = fmt::format("no byte outside of {} touched", name);
  const std::string actual = fmt::format("{} {}", verb, beside(seen.distance));
  const bool is_name = seen.what == Touched::name || seen.what == Touched::new_name;
  if (seen.what == Touched::info)
    notes.violate("ABI-07", seen.writes ? "info_overrun" : "info_overread", expected, actual);
  else if (is_name && !seen.writes)
    notes.violate(send.message == message::rename ? "RN-01" : "OP-02", "buffer_overread", expected, actual);
  else
    notes.violate("IP-13", seen.writes ? "buffer_overrun" : "buffer_overread", expected, actual);
}

void judge_caller_state(Answer& answer) {
  for (const char* row : {"ABI-02", "ABI-17", "ABI-18"}) answer.notes.decide(row);
  std::map<std::pair<std::string, std::string>, std::vector<std::string_view>> changed;
  for (const CallerState state : answer.seen.not_restored) {
    const CallerStateRow& row = caller_state_row(state);
    changed[{std::string(row.requirement), std::string(row.code)}].push_back(row.name);
  }
  for (const auto& [finding, names] : changed)
    answer.notes.violate(finding.first, finding.second, "everything of the caller's as before the message",
                         fmt::format("changed: {}", fmt::join(names, ", ")));
}

void judge_width_and_memory(Answer& answer) {
  if (answers_count_or_position(answer.send.message) && answer.seen.result == -1)
    answer.notes.decide("ABI-05");
  if (answer.seen.result != answer.value)
    answer.notes.violate("ABI-05", "neg1_zero_extended", "-1 in all bits of the LRESULT",
                         fmt::format("0x{:016X}", static_cast<std::uint64_t>(answer.seen.result)));
  if (answer.send.message == message::read || answer.send.message == message::write ||
      answer.send.message == message::write_flush)
    answer.notes.decide("IP-13");
  judge_overruns(answer);
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
