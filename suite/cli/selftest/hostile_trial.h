#pragma once

#include <string>
#include <vector>

#include "suite/cli/judging.h"
#include "suite/cli/selftest/hostile.h"

namespace mmio_cts {

/// What came of a hostile procedure on one ABI.
struct HostileOutcome {
  std::string verdict;              ///< "crash in READ: SIGSEGV"; see fixtures/procedures/hostile/hostile.h
  std::vector<std::string> faults;  ///< what is not as it must be, in a sentence each
  double seconds = 0;
};

/// Runs one between cases that it leaves alone, in a scratch folder of its own, and looks at all that must
/// hold whatever it does: the verdict is the one that was foretold, those cases pass, the exit code fits, the
/// report is valid, and no process and no file is left. `cases` are
/// those of hostile_cases_folder().
HostileOutcome try_hostile(const Hostile& hostile, Abi abi, const std::vector<Case>& cases,
                           const JudgingOptions& judging, const Contract& contract);

}  // namespace mmio_cts
