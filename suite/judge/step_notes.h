#pragma once

#include <optional>
#include <string>

#include "suite/contract/contract.h"
#include "suite/judge/case_result.h"

namespace mmio_cts {

/// Takes down what the rules say of one step. Of all that is wrong with one answer one violation is kept,
/// because the rest follows from it: the first, but a violated must before a violated should.
class StepNotes {
 public:
  StepNotes(const Contract& contract, CaseResult& result, std::uint32_t step, std::string about)
      : contract_(contract), result_(result), step_(step), about_(std::move(about)) {}
  StepNotes(const StepNotes&) = delete;
  StepNotes& operator=(const StepNotes&) = delete;
  ~StepNotes();

  /// The row was put to the test by this step.
  void decide(const std::string& requirement) { result_.decided.insert(requirement); }

  /// The row is violated. Counts as decided.
  void violate(const std::string& requirement, const std::string& code, std::string expected,
               std::string actual);

  /// What the procedure chose where the contract leaves a choice. Gives all that it chose so far in this
  /// case.
  const std::set<std::string>& trait(const std::string& name, const std::string& value) {
    auto& chosen = result_.traits[name];
    chosen.insert(value);
    return chosen;
  }

  /// A step in which one answer was wrong says nothing reliable about what depends on it.
  bool violated() const { return violation_.has_value(); }

 private:
  const Contract& contract_;
  CaseResult& result_;
  std::uint32_t step_;
  std::string about_;
  std::optional<Violation> violation_;
};

}  // namespace mmio_cts
