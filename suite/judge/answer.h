#pragma once

#include <cstdint>
#include <string>

#include "suite/contract/capability.h"
#include "suite/contract/edition.h"
#include "suite/judge/file_model.h"
#include "suite/judge/step_notes.h"
#include "suite/script/step.h"
#include "suite/trace/observation.h"

namespace mmio_cts {

/// The answer to one message, with all that the rules look at to judge it.
struct Answer {
  const Send& send;
  const MessageObservation& seen;
  std::int64_t value;  ///< the result, 0x00000000FFFFFFFF read as -1
  Edition edition;
  FileModel& model;
  OpenFile& open;
  StepNotes& notes;
  const Fault* fault = nullptr;  ///< what calls of the system may meet; none: they do not fail

  std::int64_t before() const { return seen.disk_offset_before; }
  std::int64_t after() const { return seen.disk_offset_after; }
  StoredFile& file() const { return model.file(open.name); }

  /// Something that it asked of the system failed because a step said so: it may answer an error. What only
  /// came late excuses none.
  bool met_a_fault() const;

  /// It had the system sync what it had written, was told that this failed, and left it at that: ruling 5 of
  /// section 20 asks that the message answers an error.
  bool ignores_a_failed_sync() const;
};

/// The rows that say the same of READ, WRITE, WRITEFLUSH and SEEK.
struct MessageRows {
  std::string error_value;   ///< on error -1: RD-06, WR-05, WF-05, SK-10
  std::string offset;        ///< lDiskOffset is the new position: RD-07, WR-06, WF-06, SK-11
  std::string offset_short;  ///< also after a short transfer: RD-08, WR-07, WF-06
  std::string offset_error;  ///< and true after an error: RD-14, WR-08, WF-16, SK-12
  std::string count;         ///< the result: RD-04, WR-04, WF-04, SK-09
};

const MessageRows& rows_of(std::uint32_t message);

/// What a result of READ, WRITE, WRITEFLUSH or SEEK means.
enum class Meaning {
  success,  ///< a count or a position, from 0 to 2147483647
  error,    ///< the message failed
};

/// Tells errors from counts and positions, and notes errors that are told in a wrong way: as 1 (the lost
/// minus sign), as an MMIOERR code, as another negative number, or as the other edition does. `is_plausible`
/// says that the value is the count or position that a success would answer.
Meaning meaning_of(Answer& answer, bool is_plausible);

/// After a success: lDiskOffset must be `expected`. `requested` is where it would be if the whole request
/// counted.
void judge_offset_after_success(Answer& answer, std::int64_t expected, std::int64_t requested);

/// After an error lDiskOffset must still be true. `requested` is where a success would have moved it: a WRITE
/// that fails may have stored bytes all the same, if the store takes any; a READ or SEEK that fails has moved
/// nothing.
void judge_offset_after_error(Answer& answer, std::int64_t requested, bool may_have_stored = false);

/// READ or SEEK failed: if the open owes bytes that its store cannot hold, that is told now, and CLOSE need
/// not tell it again.
void note_told_loss(Answer& answer);

/// Where the procedure says, or must have meant, that it stands: the positions it has not denied.
std::vector<std::int64_t> claimed_positions(const OpenFile& open);

/// From now on the open stands at one of these, as far as they are possible at all.
void set_positions(OpenFile& open, const std::vector<std::int64_t>& values);

/// The values of all positions, for a message to a person.
std::string describe_positions(const OpenFile& open);

/// "4 bytes", "1 byte".
std::string in_bytes(std::int64_t count);

}  // namespace mmio_cts
