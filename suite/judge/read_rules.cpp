#include <fmt/format.h>

#include <algorithm>

#include "suite/contract/open_flags.h"
#include "suite/judge/rules.h"

namespace mmio_cts {
namespace {

// Whether -1 is a legal answer whatever else is right.
bool may_fail(const Answer& answer) {
  if (!may_read(answer.open.flags) || answer.met_a_fault()) return true;
  const StoredFile& file = answer.file();
  // After a WRITE that failed a procedure may go on failing, e.g. because it must bring out its buffer first.
  if (file.kind != StoredFile::Kind::regular || answer.open.failed_before ||
      file.owes_more_than_capacity(answer.open.id))
    return true;
  // Behind the end a READ may answer 0 or -1 (RD-15); at the end it answers 0 (RD-05).
  return std::any_of(answer.open.positions.begin(), answer.open.positions.end(),
                     [&](const Position& p) { return p.value > file.min_size(answer.open.id); });
}

void judge_without_transfer(Answer& answer) {
  const bool is_negative = answer.send.count < 0;
  const std::string row = is_negative ? "RD-13" : "RD-10";
  const bool error_is_legal = is_negative || !may_read(answer.open.flags);
  answer.notes.decide(row);
  if (answer.value == 0 && answer.after() != answer.before())
    answer.notes.violate(row, "disk_offset_changed", fmt::format("lDiskOffset {}", answer.before()),
                         fmt::format("{}", answer.after()));
  if (answer.value == 0 || (error_is_legal && meaning_of(answer, false) == Meaning::error)) {
    judge_offset_after_error(answer, answer.before() + answer.send.count);
    return;
  }
  answer.notes.violate(row, answer.value < 0 ? "unexpected_error" : "count_exceeds_request",
                       error_is_legal ? "0 or -1" : "0", fmt::format("{}", answer.value));
  judge_offset_after_error(answer, answer.before() + answer.send.count);
}

// What is wrong if this READ acted at `position`; none if nothing.
std::optional<Mismatch> explain(const Answer& answer, std::int64_t position) {
  const StoredFile& file = answer.file();
  if (file.kind != StoredFile::Kind::regular) return std::nullopt;
  const std::int64_t least = std::max<std::int64_t>(0, file.min_size(answer.open.id) - position);
  const std::int64_t most = std::max<std::int64_t>(0, file.max_size(answer.open.id) - position);
  const std::string actual = in_bytes(answer.value);
  // Of data that was promised to be there it is the promise that is broken, not READ.
  const std::string promise = file.promised_by(answer.open.id, position);
  if (answer.value == 0 && least > 0 && answer.met_a_fault())
    return Mismatch{"RD-06", "nothing_read", "-1: the system could not read", actual};
  if (answer.value == 0 && least > 0)
    return Mismatch{promise.empty() ? "RD-09" : promise, "nothing_read",
                    fmt::format("1 to {} bytes at {}", std::min(most, answer.send.count), position), actual};
  if (answer.value > 0 && most == 0)
    return Mismatch{"RD-05", "no_end_of_file", fmt::format("0 at the end of the file, {}", position), actual};
  if (answer.value > most)
    return Mismatch{"RD-09", "count_exceeds_file", fmt::format("at most {}", in_bytes(most)), actual};
  return file.check(answer.open.id, position, answer.seen.data);
}

// At the end of the file READ answers 0; anywhere else it answers bytes.
void judge_unexpected_error(Answer& answer) {
  const auto positions = claimed_positions(answer.open);
  const std::int64_t size = answer.file().max_size(answer.open.id);
  const bool at_end =
      std::all_of(positions.begin(), positions.end(), [&](std::int64_t p) { return p >= size; });
  const std::string actual = fmt::format("{}", answer.value);
  if (at_end)
    answer.notes.violate("RD-05", "unexpected_error", fmt::format("0 at the end of the file, {}", size),
                         actual);
  else
    answer.notes.violate("RD-04", "unexpected_error",
                         fmt::format("the bytes at {}", describe_positions(answer.open)), actual);
}

void decide_success(Answer& answer, std::int64_t position) {
  const std::int64_t left = answer.file().max_size(answer.open.id) - position;
  answer.notes.decide("RD-04");
  if (answer.value > 0)
    for (const char* row : {"RD-02", "RD-03", "RD-11", "RD-18"}) answer.notes.decide(row);
  if (answer.value == 0) answer.notes.decide(left < 0 ? "RD-15" : "RD-05");
  if (answer.value > 0 && left < answer.send.count) answer.notes.decide("RD-09");
  if (answer.value > 0 && answer.value < std::min(answer.send.count, left))
    answer.notes.trait("short_reads", "yes");
}

}  // namespace

void judge_read(Answer& answer) {
  if (answer.send.count <= 0) return judge_without_transfer(answer);
  const std::int64_t requested = answer.before() + answer.send.count;
  const std::vector<Position> positions = answer.open.positions;
  const bool has_data = answer.value > 0 &&
                        static_cast<std::int64_t>(answer.seen.data.size()) == answer.value &&
                        answer.file().kind == StoredFile::Kind::regular && may_read(answer.open.flags) &&
                        std::any_of(positions.begin(), positions.end(),
                                    [&](const Position& p) { return !explain(answer, p.value); });

  if (meaning_of(answer, has_data && answer.value <= answer.send.count) == Meaning::error) {
    if (!answer.notes.violated() && !may_fail(answer)) judge_unexpected_error(answer);
    if (!may_read(answer.open.flags)) answer.notes.decide("OP-23");
    note_told_loss(answer);
    judge_offset_after_error(answer, requested);
    return;
  }
  if (!may_read(answer.open.flags)) {
    answer.notes.decide("OP-23");
    answer.notes.violate("OP-23", "unexpected_success", "an error: the file is open for writing only",
                         in_bytes(answer.value));
    answer.open.known = false;
    return;
  }
  // Whoever asks for the size first has an empty file there, and may answer 0.
  if (answer.file().kind == StoredFile::Kind::unreadable && answer.value > 0)
    answer.notes.violate("RD-06", "unexpected_success", "-1: the store cannot be read",
                         in_bytes(answer.value));
  if (answer.value > answer.send.count) {
    answer.notes.violate("RD-04", "count_exceeds_request", fmt::format("at most {}", answer.send.count),
                         fmt::format("{}", answer.value));
    judge_offset_after_success(answer, answer.before() + answer.value, requested);
    return;
  }

  // Any state the procedure may be in and that it has not denied explains the answer; one it has denied
  // explains it too, but shows that it did not tell the truth before.
  const Position* explained = nullptr;
  std::optional<Mismatch> mismatch;
  for (const Position& position : positions) {
    auto wrong = explain(answer, position.value);
    if (!wrong) {
      explained = &position;
      break;
    }
    if (!mismatch) mismatch = std::move(wrong);
  }
  if (explained == nullptr) {
    answer.notes.violate(mismatch->requirement, mismatch->code, mismatch->expected, mismatch->actual);
    judge_offset_after_success(answer, answer.before() + answer.value, requested);
    return;
  }
  if (!explained->denied_requirement.empty())
    answer.notes.violate(explained->denied_requirement, explained->denied_code,
                         fmt::format("the bytes at {}", positions.front().value),
                         fmt::format("those at {}", explained->value));
  if (answer.value == 0 && explained->value > answer.file().max_size(answer.open.id) &&
      answer.after() != explained->value) {
    answer.notes.violate("RD-15", "disk_offset_changed", fmt::format("lDiskOffset {}", explained->value),
                         fmt::format("{}", answer.after()));
    set_positions(answer.open, {answer.after(), explained->value});
    return;
  }
  decide_success(answer, explained->value);
  judge_offset_after_success(answer, explained->value + answer.value, explained->value + answer.send.count);
}

}  // namespace mmio_cts
