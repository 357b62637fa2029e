#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "suite/contract/contract.h"
#include "suite/judge/findings.h"

namespace mmio_cts {

/// A violation that asks for a cause, and what that may be.
struct Noticed {
  const JudgedCase* judged;
  const Violation* violation;
  Level level;
  std::set<std::string> suspects;
};

/// What one case says about causes, whatever the others say: worked out once, for as many attributions as
/// there are. Rows are told by their index in Contract::requirements().
struct Evidence {
  const JudgedCase* judged = nullptr;
  std::string file;                  ///< the id of the case without that of the instance
  bool counts = false;               ///< it was run, and not by a suite at fault
  bool is_clean = false;             ///< it counts, and nothing that may be blamed went wrong
  std::vector<Noticed> noticed;      ///< the first violation, and each stronger one behind it
  std::vector<std::size_t> used;     ///< the rows in use by the end, in order
  std::vector<std::size_t> in_play;  ///< of those, the rows that its steps put into play
  std::vector<std::size_t> decided;  ///< the rows whose checks it passed; of a clean case alone
};

/// Of each of `cases`, in their order. Both arguments must outlive the result.
std::vector<Evidence> gather_evidence(const Contract& contract, const std::vector<JudgedCase>& cases);

/// The rows that attribute() in findings.h blames where all the evidence is this.
std::set<std::string> blamed_rows(const Contract& contract, const std::vector<const Evidence*>& evidence);

}  // namespace mmio_cts
