#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "suite/cli/selftest/idle_cases.h"
#include "suite/cli/selftest/kill_matrix.h"

namespace mmio_cts {

/// What the self-test has to say, for a person and for a program.
class SelftestReport {
 public:
  /// All of them must outlive the report. `is_partial`: only a part of the cases was run for each defect,
  /// which proves that it is noticed, but not that nothing else is blamed or that each row has a defect.
  /// `idleness`, if that was asked, is about the first of `matrices`.
  SelftestReport(const Contract& contract, const std::vector<Case>& cases, const std::vector<Defect>& defects,
                 const std::vector<KillMatrix>& matrices, bool is_partial, std::optional<Idleness> idleness);

  /// A table with a line for each procedure and a column for each ABI, and the figures.
  std::string text() const;

  /// Under `abis`, per ABI, the figures, what is not as it should be, and the kill matrix.
  nlohmann::ordered_json json() const;

  /// Every defect is caught and blamed on what it breaks alone, the references and the gallery are clean, no
  /// row with cases is without a defect, and no case is there for nothing.
  bool is_good() const;

 private:
  std::string figures(std::size_t abi) const;
  std::string idle_cases() const;

  const std::vector<KillMatrix>& matrices_;
  std::vector<std::vector<std::string>> without_defect_;  // per matrix
  std::optional<Idleness> idleness_;
};

}  // namespace mmio_cts
