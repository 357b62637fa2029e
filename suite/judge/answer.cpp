#include "suite/judge/answer.h"

#include <fmt/format.h>

#include <algorithm>

#include "suite/contract/error_code.h"
#include "suite/contract/message.h"

namespace mmio_cts {
namespace {

constexpr std::int64_t long_max = 2147483647;

const MessageRows read_rows = {"RD-06", "RD-07", "RD-08", "RD-14", "RD-04"};
const MessageRows write_rows = {"WR-05", "WR-06", "WR-07", "WR-08", "WR-04"};
const MessageRows write_flush_rows = {"WF-05", "WF-06", "WF-06", "WF-16", "WF-04"};
const MessageRows seek_rows = {"SK-10", "SK-11", "SK-11", "SK-12", "SK-09"};

}  // namespace

const MessageRows& rows_of(std::uint32_t message) {
  switch (message) {
    case message::read:
      return read_rows;
    case message::write:
      return write_rows;
    case message::write_flush:
      return write_flush_rows;
    default:
      return seek_rows;
  }
}

Meaning meaning_of(Answer& answer, bool is_plausible) {
  const std::string& row = rows_of(answer.send.message).error_value;
  const std::int64_t error = error_result(answer.edition);
  const std::string expected = fmt::format("{}, or a success that moves lDiskOffset", error);
  const std::string actual = fmt::format("{} with lDiskOffset unchanged at {}", answer.value, answer.after());
  const bool unmoved = answer.after() == answer.before();

  if (answer.value == -1) {
    if (error == -1)
      answer.notes.decide(row);
    else
      answer.notes.violate(row, "edition_error_value", fmt::format("{}", error), "-1");
    return Meaning::error;
  }
  if (answer.value == 1 && unmoved && !is_plausible) {
    if (error == 1)
      answer.notes.decide(row);
    else
      answer.notes.violate(row, "sign_loss", expected, actual);
    return Meaning::error;
  }
  if (is_mmioerr(answer.value) && unmoved && !is_plausible) {
    answer.notes.violate("EC-02", "mmioerr_as_count", expected, describe_error_code(answer.value));
    return Meaning::error;
  }
  if (answer.value < 0 && answer.value >= -long_max - 1) {
    answer.notes.violate(row, "wrong_error_value", fmt::format("{}", error), fmt::format("{}", answer.value));
    return Meaning::error;
  }
  if (answer.value < 0 || answer.value > long_max) {
    answer.notes.violate("ABI-06", "result_out_of_range", fmt::format("0 to {}, or {}", long_max, error),
                         fmt::format("0x{:X}", static_cast<std::uint64_t>(answer.value)));
    return Meaning::error;
  }
  answer.notes.decide("ABI-06");
  answer.notes.decide("EC-02");
  return Meaning::success;
}

void judge_offset_after_success(Answer& answer, std::int64_t expected, std::int64_t requested) {
  const MessageRows& rows = rows_of(answer.send.message);
  const std::string& row = expected == requested ? rows.offset : rows.offset_short;
  const std::string wanted = fmt::format("lDiskOffset {}", expected);
  const std::string actual = fmt::format("lDiskOffset {}", answer.after());
  answer.notes.decide(row);
  answer.notes.decide("FI-12");
  if (answer.after() == expected) {
    set_positions(answer.open, {expected});
    return;
  }
  if (answer.after() == requested)
    answer.notes.violate(rows.offset_short, "disk_offset_by_request", wanted, actual);
  else if (answer.after() == answer.before())
    answer.notes.violate(rows.offset, "disk_offset_not_updated", wanted, actual);
  else
    answer.notes.violate(row, "disk_offset_wrong", wanted, actual);
  set_positions(answer.open, {answer.after(), expected, answer.before()});
}

void judge_offset_after_error(Answer& answer, std::int64_t requested, bool may_have_stored) {
  const std::string& row = rows_of(answer.send.message).offset_error;
  answer.notes.decide(row);
  if (answer.after() == answer.before()) {
    // Where it was denied before it still may be.
    const auto claimed = claimed_positions(answer.open);
    if (claimed.size() != 1 || claimed.front() != answer.after())
      set_positions(answer.open, {answer.after()});
    return;
  }
  // No transfer can explain these; whether another value is true the next message shows.
  if (answer.after() < 0 || (answer.after() == requested && !may_have_stored) ||
      answer.after() == answer.before() - 1) {
    answer.notes.violate(row, "disk_offset_untrue_after_error",
                         fmt::format("lDiskOffset {}", answer.before()),
                         fmt::format("lDiskOffset {}", answer.after()));
    set_positions(answer.open, {answer.before(), answer.after()});
    return;
  }
  set_positions(answer.open, {answer.after()});
  answer.open.positions.push_back({answer.before(), row, "disk_offset_untrue_after_error"});
}

bool Answer::met_a_fault() const {
  return fault != nullptr && fault->kind != FaultKind::delay &&
         std::any_of(seen.os_calls.begin(), seen.os_calls.end(),
                     [](const OsCall& call) { return call.injected; });
}

bool Answer::ignores_a_failed_sync() const {
  return met_a_fault() && std::any_of(seen.os_calls.begin(), seen.os_calls.end(), [&](const OsCall& call) {
           return call.kind == OsCallKind::flush && call.injected && open.unsynced.contains(call.file);
         });
}

void note_told_loss(Answer& answer) {
  if (answer.open.name.empty()) return;
  if (answer.file().owes_more_than_capacity(answer.open.id) || answer.met_a_fault())
    answer.open.failed_before = true;
  // What it had to bring out first, or failed to bring out while nobody waited, may be lost with that.
  if (answer.open.failed_before) answer.file().give_up(answer.open.id);
}

std::vector<std::int64_t> claimed_positions(const OpenFile& open) {
  std::vector<std::int64_t> values;
  for (const Position& p : open.positions)
    if (p.denied_requirement.empty()) values.push_back(p.value);
  return values;
}

void set_positions(OpenFile& open, const std::vector<std::int64_t>& values) {
  open.positions.clear();
  for (const std::int64_t value : values) {
    const bool is_known = std::any_of(open.positions.begin(), open.positions.end(),
                                      [&](const Position& p) { return p.value == value; });
    if (value >= 0 && !is_known) open.positions.push_back({value, "", ""});
  }
}

std::string describe_positions(const OpenFile& open) {
  std::string text;
  for (const Position& p : open.positions) text += fmt::format("{}{}", text.empty() ? "" : " or ", p.value);
  return text.empty() ? "unknown" : text;
}

std::string in_bytes(std::int64_t count) { return fmt::format("{} byte{}", count, count == 1 ? "" : "s"); }

}  // namespace mmio_cts
