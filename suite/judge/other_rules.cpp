#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "suite/contract/error_code.h"
#include "suite/contract/message.h"
#include "suite/judge/rules.h"

namespace mmio_cts {
namespace {

void judge_rename_success(Answer& answer, const CapabilitySet& capabilities) {
  const std::string& old_name = *answer.send.name;
  if (!capabilities.has(Capability::rename)) {
    answer.notes.violate("RN-06", "rename_false_success", "an error code: this procedure does not rename",
                         "0");
    return;
  }
  answer.notes.decide("RN-01");
  answer.notes.decide("RN-02");
  if (!answer.model.file(old_name).exists) {
    answer.notes.violate("RN-03", "unexpected_success", "257 (MMIOERR_FILENOTFOUND): there is no such file",
                         "0");
    return;
  }
  if (answer.model.file(answer.send.new_name).exists) answer.notes.trait("rename_onto_existing", "replaces");
  answer.model.move(old_name, answer.send.new_name);
  answer.model.file(old_name).name_row = "RN-02";
  answer.model.file(answer.send.new_name).name_row = "RN-02";
}

void judge_rename_failure(Answer& answer, const CapabilitySet& capabilities) {
  answer.notes.decide("RN-04");
  judge_error_code(answer, "RN-08b");
  if (!capabilities.has(Capability::rename)) return;
  answer.notes.decide("RN-08");
  answer.model.file(*answer.send.name).name_row = "RN-04";
  // After the old name could not be removed the new one was to be, again: who cannot do that has done what
  // can be done.
  const auto& calls = answer.seen.os_calls;
  const bool keeps_it = std::count_if(calls.begin(), calls.end(), [](const OsCall& call) {
                          return call.kind == OsCallKind::remove && call.injected;
                        }) > 1;
  answer.model.file(answer.send.new_name).name_row = keeps_it ? "" : "RN-04";
  const bool target_exists = answer.model.file(answer.send.new_name).exists;
  const bool has_folder = answer.send.new_name.find('/') != std::string::npos;
  if (!answer.model.file(*answer.send.name).exists) {
    answer.notes.decide("RN-03");
    // -1 is a fault of its own, RN-08b.
    if (!answer.met_a_fault() && answer.value != error_code::file_not_found &&
        answer.value != error_code::path_not_found && is_documented_error_code(answer.value))
      answer.notes.violate("RN-03", "wrong_error_code",
                           "257 (MMIOERR_FILENOTFOUND) or 267 (MMIOERR_PATHNOTFOUND)",
                           describe_error_code(answer.value));
  } else if (target_exists) {
    answer.notes.trait("rename_onto_existing", "refuses");
  } else if (!has_folder && !answer.met_a_fault() &&
             !answer.model.open_elsewhere(*answer.send.name, outside)) {
    answer.notes.violate("RN-02", "unexpected_error", "0: the file is there and the new name is free",
                         describe_error_code(answer.value));
  }
}

// Puts right in the model what somebody outside has seen of a name, and blames who promised otherwise.
void judge_existence(const FileState& seen, FileModel& model, StepNotes& notes) {
  const StoredFile& file = model.file(seen.name);
  if (seen.exists == file.exists) return;
  const std::string expected = file.exists ? "the file is there" : "no such file";
  const std::string actual = seen.exists ? "it is there" : "it is not there";
  if (!file.name_row.empty())
    notes.violate(file.name_row, "name_state_wrong", fmt::format("{}: '{}'", expected, seen.name), actual);
}

}  // namespace

void judge_rename(Answer& answer, const CapabilitySet& capabilities) {
  if (!answer.send.name) return;
  if (answer.value == 0)
    judge_rename_success(answer, capabilities);
  else
    judge_rename_failure(answer, capabilities);
}

void judge_unknown(Answer& answer) {
  const bool is_private = answer.send.message >= message::user;
  const std::string row = is_private ? "US-05" : "US-06";
  answer.notes.decide(row);
  answer.notes.decide("US-08");
  if (is_private) answer.notes.decide("US-01");
  if (answer.seen.tail_changed >= 0)
    answer.notes.violate("US-08", "parameter_followed", "the memory that lParam1 points to unchanged",
                         fmt::format("byte {} of it changed", answer.seen.tail_changed));
  if (answer.value != 0)
    answer.notes.violate(row, "unknown_message_answered", "0", fmt::format("{}", answer.value));
  if (answer.after() == answer.before()) return;
  if (answer.open.is_open) set_positions(answer.open, {answer.after(), answer.before()});
  answer.notes.violate(row, "disk_offset_changed", fmt::format("lDiskOffset {}", answer.before()),
                       fmt::format("{}", answer.after()));
}

void judge_file(const FileState& seen, FileModel& model, StepNotes& notes, bool procedure_lives) {
  judge_existence(seen, model, notes);
  StoredFile& file = model.file(seen.name);
  if (const auto mismatch = file.exists && seen.exists ? file.check_outside(seen) : std::nullopt) {
    notes.violate(mismatch->requirement, mismatch->code, mismatch->expected, mismatch->actual);
    file.adopt(seen, procedure_lives);
    return;
  }
  // Whom it has been promised to sees it: while the file is open, or after an end without CLOSE.
  if (file.has_flushed_data() && seen.exists &&
      (!procedure_lives || model.open_elsewhere(seen.name, outside)))
    notes.trait("writeflush_durability", procedure_lives ? "visible" : "survives_kill");
  if (!procedure_lives || seen.exists != file.exists) file.adopt(seen, procedure_lives);
}

}  // namespace mmio_cts
