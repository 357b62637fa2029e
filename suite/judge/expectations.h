#pragma once

#include "suite/judge/answer.h"
#include "suite/script/step.h"

namespace mmio_cts {

/// What a step itself asks for, beyond the model and the invariants. Blames the step's requirement.
void judge_expectations(Answer& answer, const std::string& requirement);
void judge_expectations(const Inspect& inspect, const FileState& seen, StepNotes& notes,
                        const std::string& requirement);

}  // namespace mmio_cts
