#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "suite/cli/judging.h"
#include "suite/cli/selftest/case_choice.h"
#include "suite/cli/selftest/kill_matrix.h"
#include "suite/cli/selftest/specimens.h"

namespace mmio_cts {

/// What all trials have in common; all of it must outlive them.
struct TrialSettings {
  const Contract& contract;
  const std::vector<Case>& cases;  ///< sorted by id
  const JudgingOptions& judging;
  CaseChoice::Extent extent;
};

/// One procedure on its way through the ABIs.
class Trial {
 public:
  Trial(const TrialSettings& settings, const Specimen& specimen)
      : settings_(settings), specimen_(specimen), choice_(settings.cases, settings.extent) {}

  /// Judges it on `abi`, with the few cases that should tell, and with more of them if they do not. On a
  /// further ABI, cases of a defect that are not run again count as clean if they were so on the first one:
  /// the cause of a failure shows in what does not fail beside it.
  TriedProcedure on(Abi abi);

  /// The cases, all instances of each, without which the defect would not be caught on the first ABI, or be
  /// put down to something else. After the first call of on().
  std::set<std::string> indispensable() const;

 private:
  /// By id, which is the order in which causes are looked for.
  using Results = std::map<std::string, CaseRun>;

  TriedProcedure unjudged() const;
  std::vector<Case> choose(const TriedProcedure& tried) const;
  /// What the first ABI says of the cases of a defect in which nothing went wrong there.
  Results silent_on(Abi abi) const;
  /// Takes down what came of `cases`; says why nothing did, if so.
  std::string run(const Subject& subject, const std::vector<Case>& cases, Results& results);
  static void conclude(const Attribution& all, TriedProcedure& tried);

  const TrialSettings& settings_;
  const Specimen& specimen_;
  CaseChoice choice_;
  std::optional<Results> first_;  ///< of the first ABI
  std::optional<Probed> probed_;  ///< on the first ABI
  Confirmed confirmed_;           ///< on any ABI
};

}  // namespace mmio_cts
