#pragma once

#include "suite/contract/capability.h"
#include "suite/judge/answer.h"
#include "suite/judge/capability_set.h"

namespace mmio_cts {

/// The rules of each message: what its answer must be after all that happened before, and what the file model
/// holds from then on. They assume that `answer.open` is open, but for OPEN, RENAME and unknown messages.

void judge_open(Answer& answer, const CapabilitySet& capabilities);    // OP, FL rows
void judge_close(Answer& answer);                                      // CL rows
void judge_read(Answer& answer);                                       // RD rows
void judge_write(Answer& answer);                                      // WR and WF rows
void judge_seek(Answer& answer, const CapabilitySet& capabilities);    // SK rows
void judge_rename(Answer& answer, const CapabilitySet& capabilities);  // RN rows
void judge_unknown(Answer& answer);                                    // US rows

/// What a failed OPEN, CLOSE or RENAME answers must be a documented code: OP-06b, CL-05b, RN-08b.
void judge_error_code(Answer& answer, const std::string& row);

/// What somebody outside sees of the store.
void judge_file(const FileState& seen, FileModel& model, StepNotes& notes, bool procedure_lives);

}  // namespace mmio_cts
