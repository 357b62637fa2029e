#include "suite/judge/suspects.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "suite/contract/message.h"
#include "suite/judge/finding_code.h"
#include "suite/judge/rows_in_play.h"

namespace mmio_cts {
namespace {

// Rows on the binary interface, the members of MMIOINFO and the class of a result are violated by the answer
// itself: nothing else is put down to them.
bool shows_in_the_answer_alone(const Requirement& row) {
  return row.id.starts_with("ABI-") || row.id.starts_with("FI-") || row.id.starts_with("EC-");
}

template <std::size_t n>
bool is_among(const std::array<std::string_view, n>& rows, const std::string& id) {
  return std::find(rows.begin(), rows.end(), id) != rows.end();
}

// What breaks these can damage contents, sizes and names that are looked at much later.
bool can_damage_content(const std::string& id) {
  constexpr auto rows = std::to_array<std::string_view>(
      {"CL-02", "CL-05", "CL-11", "FL-01", "OP-16", "OP-26", "OP-08", "OP-02", "FL-02", "FL-04", "FL-06",
       "FL-15", "NM-02", "NM-14", "IP-10", "IP-11", "IP-12", "RD-02", "RD-03", "RD-05", "RD-09", "RD-10",
       "RD-11", "RD-13", "RD-18", "WR-02", "WR-03", "WR-04", "WR-09", "WR-10", "WR-11", "WR-12", "WR-13",
       "WR-15", "WR-16", "WR-17", "WF-01", "WF-03", "WF-04", "WF-07", "WF-09", "WF-10", "WF-11", "WF-14",
       "WF-15", "SK-12", "SK-14", "SK-18", "SK-19", "RN-01", "RN-02", "RN-04", "US-05", "US-06"});
  return is_among(rows, id);
}

// What breaks these can make a later message of any kind fail.
bool can_spoil_later_messages(const std::string& id) {
  constexpr auto rows =
      std::to_array<std::string_view>({"FL-01", "FL-02", "FL-15", "IP-10", "IP-11", "OP-26", "OP-08", "OP-12",
                                       "US-08", "RN-02", "RN-04", "NM-02", "NM-14", "OP-02"});
  return is_among(rows, id);
}

// Rows of messages after which lDiskOffset is what it was.
bool moves_nothing(const std::string& id) {
  constexpr auto rows = std::to_array<std::string_view>(
      {"RD-10", "RD-13", "RD-15", "WR-09", "WR-15", "WF-10", "SK-16", "SK-17", "CL-13"});
  return is_among(rows, id);
}

bool is_about_all_messages(const std::string& id) { return id == "IP-10" || id == "IP-11"; }

/// The message that gave the wrong answer; "" if somebody outside looked at the store.
std::string message_of(const JudgedCase& judged, const Violation& violation) {
  const auto* send = std::get_if<Send>(&judged.script->steps[violation.step].action);
  return send == nullptr ? "" : message_name(send->message);
}

// Whether a fault of `row` can show as `violation`.
bool can_show(const Requirement& row, const Violation& violation, const std::string& message) {
  const bool same_message = row.message == message;
  const bool is_seek = message == "SEEK";
  // Who went elsewhere and says so has told the truth.
  if (violation.code == "wrong_target" && (row.id == "SK-09" || row.id == "SK-11")) return false;
  // A wrong end of the file may come from what was written before.
  const bool is_wrong_size = is_seek && violation.code == "wrong_target" && violation.requirement == "SK-07";
  switch (is_wrong_size ? Symptom::content : finding_code(violation.code).symptom) {
    case Symptom::itself:
      return false;
    case Symptom::ending:  // only that one can be broken by nothing but a crash
      return row.id == "US-08" && message_number(message).value_or(0) > message::rename;
    case Symptom::position:
      return (same_message && moves_nothing(row.id)) || is_about_all_messages(row.id);
    case Symptom::content:
      // Who only reads, or spoils what is beside it, has lost nothing that was to be stored.
      if (violation.code == "loss_not_reported" && (row.message == "READ" || row.id == "WR-11")) return false;
      if (row.id == "SK-06" || row.id == "SK-07") return is_seek;
      return can_damage_content(row.id);
    case Symptom::leak:
      return row.id == "CL-14" || row.id == "OP-12" || row.id == "FL-06";
    case Symptom::answer:
      break;
  }
  if (message == "OPEN") return same_message || row.id == "CL-02" || row.id == "IP-10";
  if (message == "CLOSE" || message == "RENAME") return same_message || row.id == "IP-10";
  if (violation.code == "unexpected_error") return same_message || can_spoil_later_messages(row.id);
  if (is_seek && (row.id == "SK-18" || row.id == "SK-19")) return false;
  return same_message || is_about_all_messages(row.id) || (is_seek && row.id == "OP-26");
}

}  // namespace

bool may_be_blamed(const Requirement* row) {
  return row != nullptr && !row->umbrella && row->tier != Tier::manager &&
         (row->level == Level::must || row->level == Level::should);
}

std::string surroundings_row(const Case& one) {
  constexpr auto rows =
      std::to_array<std::string_view>({"ABI-16", "IP-11", "IP-12", "IP-16", "IP-17", "IP-20"});
  if (is_among(rows, one.requirements.front())) return one.requirements.front();
  for (const std::string& row : one.requirements)
    if (row == "US-05" || row == "US-06") return row;
  return "";
}

UsedRows::UsedRows(const JudgedCase& judged) : judged_(judged), in_play_(rows_in_play(*judged.script)) {
  all_.insert(judged.script->requirements.begin(), judged.script->requirements.end());
  for (const auto& [row, step] : in_play_) all_.insert(row);
}

bool UsedRows::has_caused(const Contract& contract, const std::string& row,
                          const Violation& violation) const {
  const bool is_used = all_.contains(row) || contract.find(row)->message == message_of(judged_, violation);
  return is_used && can_explain(contract, row, violation);
}

bool UsedRows::can_explain(const Contract& contract, const std::string& row,
                           const Violation& violation) const {
  const auto used = in_play_.find(row);
  if (used != in_play_.end() && used->second > violation.step) return false;
  const Requirement& suspect = *contract.find(row);
  return !shows_in_the_answer_alone(suspect) && can_show(suspect, violation, message_of(judged_, violation));
}

std::set<std::string> UsedRows::suspects(const Contract& contract, const Violation& violation) const {
  std::set<std::string> rows = {violation.requirement};
  const Level level = contract.find(violation.requirement)->level;
  const auto consider = [&](const std::string& id) {
    const Requirement* row = contract.find(id);
    if (may_be_blamed(row) && row->level == level && can_explain(contract, id, violation)) rows.insert(id);
  };
  consider(violation.about);
  for (const std::string& id : judged_.script->requirements) consider(id);
  for (const auto& [id, step] : in_play_) consider(id);
  if (const std::string& code = violation.code;
      code == "nothing_read" || code == "no_end_of_file" || code == "count_exceeds_file") {
    consider("RD-05");
    consider("RD-09");
  }
  return rows;
}

}  // namespace mmio_cts
