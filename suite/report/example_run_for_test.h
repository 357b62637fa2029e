#pragma once

#include <string>
#include <vector>

#include "suite/contract/contract.h"
#include "suite/run/candidate_run.h"
#include "suite/script/case.h"

namespace mmio_cts {

/// A run that no worker made, of a few requirements of the real contract. What `run` refers to lives beside
/// it.
struct Example {
  Contract contract;
  std::vector<Case> cases;
  CandidateRun run;

  Example() = default;
  Example(Example&&) = default;
  Example(const Example&) = delete;
  Example& operator=(const Example&) = delete;

  CaseRun& case_run(const std::string& id);
  /// Sums up again what was changed in `run.cases`.
  void summarize_again();
};

/// Findings of both levels, one of them in a case of a single ABI as well; a crash, a hang, an error of the
/// suite, skipped cases, traits, and a long trace.
Example failing_example();

/// Everything passes but what does not apply.
Example conformant_example();

/// Compares `text` with suite/report/approved/<name>. With MMIO_CTS_APPROVE=1 in the environment the file is
/// written instead, so that one command approves all outputs as they are now:
///
///   MMIO_CTS_APPROVE=1 build/bin/linux-x64/report_test
void expect_approved(const std::string& text, const std::string& name);

}  // namespace mmio_cts
