#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "suite/cli/defects.h"
#include "suite/cli/selftest/kill_matrix.h"

namespace mmio_cts {

/// A procedure that the self-test tries, wherever it is built.
struct Specimen {
  TriedProcedure::Kind kind = TriedProcedure::Kind::reference;
  std::string name;
  std::string library;  ///< without folder and ending
  std::optional<std::string> procedure = std::nullopt;
  std::filesystem::path manifest = {};
  std::string base = {};                                    ///< of a defect
  std::set<std::string> breaks = {};                        ///< of a defect
  std::vector<Abi> abis{all_abis.begin(), all_abis.end()};  ///< where it can exist
  std::size_t number = 0;                                   ///< among all
};

/// All that the self-test tries: the reference procedures, the gallery, and `defects`.
std::vector<Specimen> specimens(const std::vector<Defect>& defects);

}  // namespace mmio_cts
