#include <fmt/format.h>

#include <algorithm>

#include "suite/contract/message.h"
#include "suite/contract/open_flags.h"
#include "suite/judge/rules.h"

namespace mmio_cts {
namespace {

// Managers hand on what fits their buffer, most often 8 KiB; larger requests only should work (WR-16).
constexpr std::int64_t ordinary_request = 65536;

// A store may refuse to grow at any size (ruling R-12). Up to here a procedure that can create files is taken
// at its word; a smaller one says in its manifest that it is not growable.
constexpr std::int64_t size_of_any_store = 4096;

bool is_flush(const Answer& answer) { return answer.send.message == message::write_flush; }

bool may_write_file(const Answer& answer) { return may_write(answer.open.flags) && !answer.file().read_only; }

// Whether the store cannot take the whole request, wherever it begins.
bool exceeds_capacity(const Answer& answer) {
  const auto positions = claimed_positions(answer.open);
  return std::any_of(positions.begin(), positions.end(),
                     [&](std::int64_t p) { return p + answer.send.count > answer.file().capacity; });
}

// A WRITE past the end may fail (WR-12), and so may one that makes a file longer than any store must take, or
// than this one has taken when it was full before.
bool may_refuse_to_grow(const Answer& answer) {
  const auto positions = claimed_positions(answer.open);
  const std::int64_t size = answer.file().min_size(answer.open.id);
  return std::any_of(positions.begin(), positions.end(), [&](std::int64_t p) {
    const std::int64_t end = p + answer.send.count;
    return p > size || (end > size && (answer.file().was_full || end > size_of_any_store));
  });
}

bool store_may_fail(const Answer& answer) {
  return answer.met_a_fault() || may_refuse_to_grow(answer) || answer.open.failed_before ||
         answer.file().kind != StoredFile::Kind::regular || exceeds_capacity(answer) ||
         answer.file().owes_more_than_capacity(answer.open.id);
}

Bytes sent_data(const Answer& answer, std::int64_t count) {
  const auto size = std::min<std::int64_t>(count, static_cast<std::int64_t>(answer.send.data.size()));
  return Bytes(answer.send.data.begin(), answer.send.data.begin() + std::max<std::int64_t>(size, 0));
}

// What is in a file that was created is there only if the file is.
void confirm_name(Answer& answer, const std::string& row) {
  if (answer.file().name_row.empty()) answer.file().name_row = row;
}

void note_failure(Answer& answer) {
  answer.open.failed_before = true;
  for (const std::int64_t position : claimed_positions(answer.open))
    answer.file().write_failed(answer.open.id, position, sent_data(answer, answer.send.count));
}

void judge_sync(Answer& answer) {
  if (is_flush(answer) && answer.ignores_a_failed_sync())
    answer.notes.violate("WF-11", "loss_not_reported", "-1: the system could not sync",
                         fmt::format("{}", answer.value));
}

// Count 0 writes nothing; as a WRITEFLUSH it asks for all that was written before to be brought out.
void judge_without_data(Answer& answer) {
  const bool is_negative = answer.send.count < 0;
  const std::string row = is_negative ? "WR-15" : is_flush(answer) ? "WF-10" : "WR-09";
  answer.notes.decide(row);
  const bool error_is_legal =
      is_negative || !may_write_file(answer) || (is_flush(answer) && store_may_fail(answer));
  const std::int64_t requested = answer.before() + answer.send.count;
  if (answer.value != 0 && error_is_legal && meaning_of(answer, false) == Meaning::error) {
    if (may_write_file(answer) && !is_negative) note_failure(answer);
    judge_offset_after_error(answer, requested);
    return;
  }
  if (answer.value != 0 || is_negative)
    answer.notes.violate(row, answer.value < 0 ? "unexpected_error" : "unexpected_success",
                         is_negative      ? "-1"
                         : error_is_legal ? "0 or -1"
                                          : "0",
                         fmt::format("{}", answer.value));
  if (is_flush(answer) && answer.value == 0 && !is_negative && may_write_file(answer)) {
    answer.notes.decide("WF-11");
    if (answer.file().owes_more_than_capacity(answer.open.id))
      answer.notes.violate("WF-11", "loss_not_reported", "-1: the store cannot hold what was written before",
                           "0");
    judge_sync(answer);
    answer.file().confirm(answer.open.id, "WF-10", "WF-10");
    confirm_name(answer, "WF-10");
  }
  if (answer.value == 0 && answer.after() != answer.before())
    answer.notes.violate(row, "disk_offset_changed", fmt::format("lDiskOffset {}", answer.before()),
                         fmt::format("{}", answer.after()));
  judge_offset_after_error(answer, requested);
}

void judge_refused_mode(Answer& answer) {
  const std::string row = is_flush(answer) ? "WF-12" : "OP-22";
  answer.notes.decide(row);
  if (meaning_of(answer, false) == Meaning::error) {
    judge_offset_after_error(answer, answer.before() + answer.send.count);
    return;
  }
  answer.notes.violate(row, "unexpected_success", "-1: the file is not open for writing",
                       fmt::format("{}", answer.value));
  // What it did with data that it must not take is a consequence.
  answer.file().kind = StoredFile::Kind::unknown;
  answer.open.known = false;
}

bool has_synced(const Answer& answer) {
  return std::any_of(answer.seen.os_calls.begin(), answer.seen.os_calls.end(),
                     [](const OsCall& call) { return call.kind == OsCallKind::flush && call.status == 0; });
}

// A WRITEFLUSH that claims bytes which the store cannot hold.
void judge_claim(Answer& answer, std::int64_t position) {
  answer.notes.decide("WF-11");
  const StoredFile& file = answer.file();
  if (position + answer.value <= file.capacity && !file.owes_more_than_capacity(answer.open.id)) return;
  const std::string actual = fmt::format("{}", answer.value);
  if (answer.value == 1 && answer.send.count > 1 && answer.edition == Edition::sdk_1992)
    answer.notes.violate("WF-05", "sign_loss", "-1: the store takes nothing", actual);
  else
    answer.notes.violate("WF-11", "loss_not_reported", "-1 or the bytes that the store took", actual);
}

void judge_unexpected_error(Answer& answer) {
  if (answer.notes.violated()) return;
  const StoredFile& file = answer.file();
  const bool has_room = !answer.met_a_fault() && file.kind == StoredFile::Kind::regular &&
                        !answer.open.failed_before && !exceeds_capacity(answer) &&
                        !may_refuse_to_grow(answer);
  const std::string expected = fmt::format("1 to {}", answer.send.count);
  const std::string actual = fmt::format("{}", answer.value);
  if (answer.send.count > ordinary_request && has_room)
    answer.notes.violate("WR-16", "unexpected_error", expected, actual);
  else if (!store_may_fail(answer))
    answer.notes.violate(rows_of(answer.send.message).count, "unexpected_error", expected, actual);
}

// It went on from where it had denied to be.
void judge_denied_position(Answer& answer) {
  for (const Position& p : answer.open.positions)
    if (!p.denied_requirement.empty() && answer.after() - answer.value == p.value)
      answer.notes.violate(p.denied_requirement, p.denied_code,
                           fmt::format("the bytes written at {}", answer.before()),
                           fmt::format("at {}", p.value));
}

void judge_success(Answer& answer) {
  const MessageRows& rows = rows_of(answer.send.message);
  const auto positions = claimed_positions(answer.open);
  const auto fits = std::find(positions.begin(), positions.end(), answer.after() - answer.value);
  const std::int64_t position = fits != positions.end() ? *fits
                                : positions.empty()     ? answer.before()
                                                        : positions.front();

  answer.notes.decide(rows.count);
  answer.notes.decide(is_flush(answer) ? "WF-03" : "WR-02");
  judge_denied_position(answer);
  if (is_flush(answer)) {
    answer.notes.decide("WF-13");
    if (answer.send.count == 1) answer.notes.decide("WF-17");
    judge_sync(answer);
    if (has_synced(answer)) answer.notes.trait("writeflush_durability", "synced");
    judge_claim(answer, position);
  }
  if (answer.value < answer.send.count) {
    answer.notes.trait("short_writes", "yes");
    answer.file().was_full = true;  // or it writes in pieces: then the next one will do
    if (exceeds_capacity(answer)) answer.open.failed_before = true;
  }

  // Where there is room for all, a lesser count beside an lDiskOffset that has moved by all is a lie.
  if (answer.value < answer.send.count && answer.after() == answer.before() + answer.send.count &&
      !store_may_fail(answer))
    answer.notes.violate(rows.count, "wrong_count", fmt::format("{}, as lDiskOffset says", answer.send.count),
                         fmt::format("{}", answer.value));

  const bool is_certain = positions.size() <= 1 && !answer.notes.violated();
  const Bytes data = sent_data(answer, answer.notes.violated() ? answer.send.count : answer.value);
  if (is_certain) {
    answer.file().write(answer.open.id, position, data);
    if (is_flush(answer) && answer.value == answer.send.count) {
      // What is missing after a failure was not told.
      const bool met_a_fault = answer.met_a_fault();
      answer.file().confirm(answer.open.id, met_a_fault ? "WF-11" : "WF-01", met_a_fault ? "WF-11" : "WF-09");
      confirm_name(answer, "WF-01");
    }
  } else {
    for (const std::int64_t p : positions) answer.file().write_perhaps(answer.open.id, p, data);
  }
  judge_offset_after_success(answer, position + answer.value, position + answer.send.count);
}

}  // namespace

void judge_write(Answer& answer) {
  if (answer.send.count <= 0) return judge_without_data(answer);
  if (!may_write_file(answer)) return judge_refused_mode(answer);
  const MessageRows& rows = rows_of(answer.send.message);
  const std::int64_t requested = answer.before() + answer.send.count;

  if (meaning_of(answer, answer.value == answer.send.count) == Meaning::error) {
    judge_unexpected_error(answer);
    if (may_refuse_to_grow(answer)) answer.file().was_full = true;
    note_failure(answer);
    judge_offset_after_error(answer, requested, answer.file().capacity > answer.before());
    return;
  }
  if (answer.value == 0) {
    if (!store_may_fail(answer))
      answer.notes.violate(is_flush(answer) ? "WF-13" : rows.count, "nothing_written",
                           fmt::format("1 to {}", answer.send.count), "0");
    judge_sync(answer);
    note_failure(answer);
    if (answer.after() == requested)
      answer.notes.violate(rows.count, "wrong_count",
                           fmt::format("{}, as lDiskOffset says", answer.send.count), "0");
    judge_offset_after_error(answer, requested);
    return;
  }
  if (answer.value > answer.send.count)
    answer.notes.violate(rows.count, "count_exceeds_request", fmt::format("at most {}", answer.send.count),
                         fmt::format("{}", answer.value));
  judge_success(answer);
}

}  // namespace mmio_cts
