#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "suite/judge/rules.h"

namespace mmio_cts {
namespace {

constexpr std::int64_t long_max = 2147483647;
enum Origin : std::int64_t { from_start = 0, from_current = 1, from_end = 2 };

// A target that a SEEK may have, from the smallest to the largest value.
struct Target {
  std::int64_t least;
  std::int64_t most;
};

// The contract does not say whether SEEK_END adds or subtracts: both are targets.
std::vector<Target> targets_of(const Answer& answer) {
  const std::int64_t offset = answer.send.offset;
  std::vector<Target> targets;
  if (answer.send.origin == from_start) targets.push_back({offset, offset});
  if (answer.send.origin == from_current)
    for (const std::int64_t position : claimed_positions(answer.open))
      targets.push_back({position + offset, position + offset});
  if (answer.send.origin == from_end) {
    const std::int64_t least = answer.file().min_size(answer.open.id);
    const std::int64_t most = answer.file().max_size(answer.open.id);
    targets.push_back({least - offset, most - offset});
    if (offset != 0) targets.push_back({least + offset, most + offset});
  }
  return targets;
}

bool is_target(const std::vector<Target>& targets, std::int64_t value) {
  return std::any_of(targets.begin(), targets.end(), [&](const Target& t) {
    return value >= std::max<std::int64_t>(t.least, 0) && value <= t.most;
  });
}

// The row that asks for -1, whatever the file holds; empty if the SEEK can succeed.
std::string refusal_row(const Answer& answer, const std::vector<Target>& targets) {
  if (answer.send.origin < from_start || answer.send.origin > from_end) return "SK-14";
  if (targets.empty()) return "";
  const auto is_above = [](const Target& t) { return t.least > long_max; };
  if (!std::all_of(targets.begin(), targets.end(),
                   [&](const Target& t) { return t.most < 0 || is_above(t); }))
    return "";
  return std::any_of(targets.begin(), targets.end(), is_above) ? "SK-20" : "SK-13";
}

std::string origin_row(const Answer& answer) {
  switch (answer.send.origin) {
    case from_start:
      return "SK-04";
    case from_current:
      return "SK-05";
    default:
      return answer.send.offset == 0 ? "SK-07" : "SK-06";
  }
}

// Beyond the end a SEEK may be refused (SK-15), and so may one that only one of the two signs of END makes
// possible.
bool may_fail(const Answer& answer, const std::vector<Target>& targets, const CapabilitySet& capabilities) {
  if (!capabilities.has(Capability::seekable) || answer.met_a_fault()) return true;
  // After a WRITE that failed a procedure may go on failing, e.g. because it must bring out its buffer first.
  if (answer.file().kind != StoredFile::Kind::regular || answer.open.failed_before ||
      answer.file().owes_more_than_capacity(answer.open.id))
    return true;
  return std::any_of(targets.begin(), targets.end(), [&](const Target& t) {
    return t.least < 0 || t.most > answer.file().max_size(answer.open.id);
  });
}

std::string describe(const std::vector<Target>& targets) {
  std::string text;
  for (const Target& t : targets)
    text += fmt::format(
        "{}{}", text.empty() ? "" : " or ",
        t.least == t.most ? fmt::format("{}", t.least) : fmt::format("{} to {}", t.least, t.most));
  return text;
}

void judge_refusal(Answer& answer, const std::string& row) {
  answer.notes.decide(row);
  const bool went_there = answer.value != -1 && answer.after() == static_cast<std::int32_t>(answer.value) &&
                          answer.after() != answer.before();
  if (!went_there && meaning_of(answer, false) == Meaning::error) {
    const auto targets = targets_of(answer);
    judge_offset_after_error(answer, targets.empty() ? answer.before() : targets.front().least);
    return;
  }
  // Taking the impossible target, stopping at the start or staying is one fault; going anywhere else is
  // another.
  const auto targets = targets_of(answer);
  const bool elsewhere =
      !targets.empty() && answer.value > 0 && answer.value != answer.before() && answer.value != long_max &&
      std::none_of(targets.begin(), targets.end(), [&](const Target& t) {
        return static_cast<std::int32_t>(t.least) == static_cast<std::int32_t>(answer.value);
      });
  answer.notes.violate(elsewhere ? origin_row(answer) : row,
                       elsewhere ? "wrong_target" : "unexpected_success", "-1",
                       fmt::format("{}", answer.value));
  set_positions(answer.open, {answer.after(), answer.before(), answer.value});
}

void decide_success(Answer& answer) {
  answer.notes.decide("SK-09");
  answer.notes.decide("SK-02");
  answer.notes.decide("SK-03");
  answer.notes.decide(origin_row(answer));
  if (answer.send.offset < 0) answer.notes.decide("SK-21");
  if (answer.value == answer.before()) answer.notes.decide("SK-17");
  if (answer.send.origin == from_current && answer.send.offset == 0) answer.notes.decide("SK-16");
}

void judge_sign_of_end(Answer& answer) {
  const StoredFile& file = answer.file();
  const std::int64_t size = file.min_size(answer.open.id);
  if (answer.send.origin != from_end || answer.send.offset == 0 || size != file.max_size(answer.open.id))
    return;
  const bool subtracts = answer.value == size - answer.send.offset;
  if (answer.notes.trait("seek_end", subtracts ? "subtracts" : "adds").size() > 1)
    answer.notes.violate("SK-06", "wrong_target",
                         "the offset counted from the end in the same direction as before",
                         fmt::format("{}, the other direction", answer.value));
}

// Neither the result nor lDiskOffset may be taken for the target: which of the two is at fault?
void judge_wrong_target(Answer& answer, const std::vector<Target>& targets) {
  const std::string expected = describe(targets);
  const std::string promise =
      answer.send.origin == from_end ? answer.file().promised_by(answer.open.id, answer.value) : "";
  if (!promise.empty() && answer.send.offset == 0 && answer.after() == answer.value)
    answer.notes.violate(promise, "data_not_in_store", fmt::format("a size of {}", expected),
                         fmt::format("{}", answer.value));
  else if (answer.value == 0 && answer.after() == 0 &&
           std::any_of(targets.begin(), targets.end(), [](const Target& t) { return t.most < 0; }))
    answer.notes.violate("SK-13", "unexpected_success", "-1: the position would be negative", "0");
  else if (!is_target(targets, answer.after()) && answer.after() == answer.value)
    answer.notes.violate(origin_row(answer), "wrong_target", expected, fmt::format("{}", answer.value));
  else
    answer.notes.violate("SK-09", "wrong_position", expected, fmt::format("{}", answer.value));
  std::vector<std::int64_t> positions = {answer.after(), answer.value, answer.before()};
  for (const Target& t : targets) positions.insert(positions.end(), {t.least, t.most});
  set_positions(answer.open, positions);
}

}  // namespace

void judge_seek(Answer& answer, const CapabilitySet& capabilities) {
  const std::vector<Target> targets = targets_of(answer);
  if (const std::string row = refusal_row(answer, targets); !row.empty()) return judge_refusal(answer, row);

  const bool size_is_known =
      answer.file().kind == StoredFile::Kind::regular || answer.send.origin != from_end;
  const bool on_target = is_target(targets, answer.value) || !size_is_known;
  // Where lDiskOffset says the same it is a position, if a wrong one.
  if (meaning_of(answer, on_target || answer.value == answer.after()) == Meaning::error) {
    if (!answer.notes.violated() && !may_fail(answer, targets, capabilities))
      answer.notes.violate(origin_row(answer), "unexpected_error", describe(targets),
                           fmt::format("{}", answer.value));
    note_told_loss(answer);
    judge_offset_after_error(answer, targets.empty() ? answer.before() : targets.front().least);
    return;
  }
  if (!on_target) return judge_wrong_target(answer, targets);
  decide_success(answer);
  judge_sign_of_end(answer);
  judge_offset_after_success(answer, answer.value, answer.value);
}

}  // namespace mmio_cts
