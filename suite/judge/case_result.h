#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "suite/judge/fault_tally.h"
#include "suite/judge/system_use.h"

namespace mmio_cts {

/// One answer that no correct procedure gives.
struct Violation {
  std::string requirement;  ///< the row of the check that noticed it
  std::string code;         ///< in which way: see finding_code.h
  std::string expected;
  std::string actual;
  std::string about;       ///< the row that the step is about; see attribute() in findings.h
  std::uint32_t step = 0;  ///< index in Case::steps
};

/// How a case came to its end.
enum class CaseEnd {
  complete,
  skipped,  ///< it does not apply here, or the system cannot give the state it needs
  crash,    ///< the candidate's: also when it left the process, or could not be loaded again
  hang,
  error,  ///< the suite's own fault
};

/// What the judge has to say of one case.
struct CaseResult {
  CaseEnd end = CaseEnd::complete;
  std::string reason;  ///< why it is not complete
  std::vector<Violation> violations;
  std::set<std::string> decided;                        ///< the rows that were put to the test
  std::map<std::string, std::set<std::string>> traits;  ///< what the procedure chose where it may choose
  FaultTallies faults;
  SystemUses system;  ///< as long as no call of the system was made to fail
};

}  // namespace mmio_cts
