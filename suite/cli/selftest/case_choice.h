#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "suite/cli/selftest/kill_matrix.h"

namespace mmio_cts {

/// Which cases the self-test runs for a procedure. Instances of a case differ in numbers, not in what they
/// do: mostly one of each says enough. What was tried on one ABI already is not asked again as a whole on the
/// next one.
class CaseChoice {
 public:
  enum class Extent {
    quick,  ///< for a defect, the cases that are first of all about what it breaks; for the others, one in
            ///< twelve
    usual,  ///< one instance of each case
    all,
  };

  /// `cases` must be sorted by id and outlive the choice.
  CaseChoice(const std::vector<Case>& cases, Extent extent) : cases_(cases), extent_(extent) {}

  /// For a procedure that was not tried before. `number` spreads samples: it differs from procedure to
  /// procedure.
  std::vector<Case> first(const TriedProcedure& tried, std::size_t number) const;

  /// For a defect for which the cases with the ids `asked` were run on another ABI, and of these the
  /// `noticed` ones did not pass: of the latter those about what it breaks and forty others, those that were
  /// not asked, and one in twelve of the rest. When quick, only one that noticed. For a procedure that is to
  /// come out clean the same as at first.
  std::vector<Case> again(const TriedProcedure& tried, std::size_t number, const std::set<std::string>& asked,
                          const std::set<std::string>& noticed) const;

  /// What may still tell, where those with the ids `done` were not enough: every instance of those about what
  /// the procedure breaks, and usually also one of each, and all of each sweep.
  std::vector<Case> more(const TriedProcedure& tried, const std::set<std::string>& done) const;

 private:
  template <typename Wanted>
  std::vector<Case> those(Wanted wanted) const;

  const std::vector<Case>& cases_;
  Extent extent_;
};

}  // namespace mmio_cts
