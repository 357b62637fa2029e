#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "suite/cli/defects.h"
#include "suite/contract/contract.h"
#include "suite/script/case.h"

namespace mmio_cts {

/// A requirement and what shows that the suite puts it to the test. Refers to the contract.
struct TracedRow {
  const Requirement* row = nullptr;
  std::vector<std::string> cases;    ///< files, "writeflush/sizes": ids without parameters, sorted
  std::vector<std::string> defects;  ///< procedures that break it on purpose, in the order of defects.json
};

/// Every requirement, in the order of the contract, which must outlive the result.
std::vector<TracedRow> trace_requirements(const Contract& contract, const std::vector<Case>& cases,
                                          const std::vector<Defect>& defects);

/// Why there need not be a case about the row; empty if there must be one.
std::string needs_no_case_because(const Requirement& row);

/// The cell of a row without a case: needs_no_case_because(), or that it is a gap.
std::string why_no_case(const Requirement& row);

/// What `mmio-cts list requirements --json` prints.
nlohmann::ordered_json traceability_json(const std::vector<TracedRow>& rows);

/// A page in Markdown: every row with its cases and defects, section by section, then how the suite rules
/// where sources disagree or are silent. suite/contract/TRACEABILITY.md is one.
std::string traceability_page(const Contract& contract, const std::vector<TracedRow>& rows);

}  // namespace mmio_cts
