#pragma once

#include "suite/judge/answer.h"

namespace mmio_cts {

/// Registers, control words and process-wide settings that the caller did not find as they were (ABI-02,
/// ABI-17, ABI-18). Called first: nothing after it is a consequence, as the worker has put them back.
void judge_caller_state(Answer& answer);

/// What no message may do, whatever it is about. Called before the message's own rules: a result that is not
/// as wide as LRESULT (ABI-05), bytes changed that are not the procedure's to change (IP-13, WR-03, RD-12).
void judge_width_and_memory(Answer& answer);

/// The process ended because a page was touched that the message `send` does not hand over, or does not hand
/// over to be written (ABI-07, IP-12, IP-13, OP-02, RN-01, WR-03).
void judge_touch(const TouchObservation& seen, const Send& send, StepNotes& notes);

/// Called after them: members of MMIOINFO that managers own (IP-08's children).
void judge_members(Answer& answer);

}  // namespace mmio_cts
