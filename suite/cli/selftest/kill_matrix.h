#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "suite/cli/defects.h"
#include "suite/contract/abi.h"
#include "suite/contract/contract.h"
#include "suite/script/case.h"

namespace mmio_cts {

/// What came of one procedure of the self-test on one ABI.
struct TriedProcedure {
  enum class Kind {
    reference,  ///< must come out clean
    odd,        ///< of the gallery: must have no must finding
    defect,     ///< must be caught, and nothing but what it breaks be blamed
  };
  Kind kind = Kind::reference;
  std::string name;
  std::string base;              ///< of a defect: the procedure that it is made of
  std::set<std::string> breaks;  ///< of a defect
  std::set<std::string> blamed_must;
  std::set<std::string> blamed_should;
  std::set<std::string> failing;  ///< ids of the cases that did not pass
  std::set<std::string> needs;    ///< the cases that could not be left out, if that was asked
  std::string error;              ///< why it could not be judged; empty if it was
  /// Only some of the cases about what it breaks were run: that one of them failed is all that can be asked,
  /// for the cause of a failure shows in what the others say.
  bool in_part = false;
  double seconds = 0;  ///< that it took

  /// Something that it breaks is blamed.
  bool is_caught() const;
  /// The rows blamed that it does not break, and that it may not be blamed for.
  std::set<std::string> wrongly_blamed() const;
  bool is_right() const;
};

/// All procedures that were tried on one ABI, and what they prove of the cases.
struct KillMatrix {
  Abi abi = Abi::linux_x64;
  std::vector<TriedProcedure> procedures;
  std::vector<std::string> not_here;  ///< defects that cannot exist on this ABI
  double seconds = 0;                 ///< its share of the time that all took

  int count(TriedProcedure::Kind kind) const;
  int caught() const;
  int misblamed() const;     ///< defects for which something else is blamed
  int false_alarms() const;  ///< references and pieces of the gallery that are blamed for something
};

/// The rows that cases are about and that no defect on this ABI breaks so that one of these cases notices and
/// the defect is caught, in the order of the contract. Rows that only defects of other ABIs break do not
/// count.
std::vector<std::string> requirements_without_defect(const Contract& contract, const std::vector<Case>& cases,
                                                     const std::vector<Defect>& defects,
                                                     const KillMatrix& matrix);

}  // namespace mmio_cts
