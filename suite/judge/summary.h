#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "suite/judge/capability_set.h"
#include "suite/judge/findings.h"

namespace mmio_cts {

/// The verdict on one row of the contract.
struct RequirementVerdict {
  const Requirement* row = nullptr;
  Verdict verdict = Verdict::skip;  ///< pass, fail, warn or skip
  int exercised = 0;                ///< cases that put it to the test
  std::string reason;               ///< why it is skip; empty otherwise
};

/// What a set of cases, all those that run on every ABI or all those that do not, came to.
struct Summary {
  std::vector<Finding> findings;
  std::vector<CaseVerdict> cases;
  std::vector<RequirementVerdict> requirements;
  std::map<Verdict, int> totals;  ///< cases; every verdict is in it
  std::map<std::string, std::set<std::string>> traits;
  FaultTallies faults;
  SystemUses system;
};

/// Summarizes those `cases` for which `everywhere` equals Case::is_same_everywhere(). `all` is the
/// attribution of all of them: causes are found over all.
Summary summarize(const Contract& contract, const CapabilitySet& capabilities,
                  const std::vector<JudgedCase>& cases, const Attribution& all, bool everywhere);

/// How many rows of a level that are about the procedure were put to the test.
struct Coverage {
  int exercised = 0;
  int violated = 0;  ///< of those exercised
  int all = 0;
};
Coverage coverage_of(const Summary& summary, Level level);

/// OPEN, CLOSE, SEEK (unless it cannot seek) and READ or WRITE were exercised: without that nothing was
/// tested.
bool exercises_basics(const Summary& summary, const CapabilitySet& capabilities);

}  // namespace mmio_cts
