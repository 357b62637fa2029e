#pragma once

#include <vector>

#include "suite/cli/kill_matrix.h"

namespace mmio_cts {

/// Which cases the self-test runs for a procedure. `cases` must be sorted by id and outlive the choice.
class CaseChoice {
 public:
  enum class Extent {
    about_the_defect,  ///< all instances of the cases about what a defect breaks; of the others one of each
                       ///< case
    one_of_each,       ///< one instance of each case, and all about what a defect breaks or that noticed it
                       ///< natively
    all,
  };

  CaseChoice(const std::vector<Case>& cases, Extent extent) : cases_(cases), extent_(extent) {}

  /// For a procedure on `abi`; `before` are the ABIs that were tried before it.
  std::vector<Case> of(const TriedProcedure& tried, Abi abi, const std::vector<KillMatrix>& before) const;

 private:
  const std::vector<Case>& cases_;
  Extent extent_;
};

}  // namespace mmio_cts
