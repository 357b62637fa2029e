#include "suite/judge/step_notes.h"

namespace mmio_cts {

StepNotes::~StepNotes() {
  if (violation_) result_.violations.push_back(std::move(*violation_));
}

void StepNotes::violate(const std::string& requirement, const std::string& code, std::string expected,
                        std::string actual) {
  decide(requirement);
  const auto level = [&](const std::string& id) {
    const Requirement* row = contract_.find(id);
    return row == nullptr ? Level::observed : row->level;
  };
  if (violation_ && level(violation_->requirement) <= level(requirement)) return;
  violation_ = Violation{requirement, code, std::move(expected), std::move(actual), about_, step_};
}

}  // namespace mmio_cts
