#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "suite/contract/abi.h"
#include "suite/contract/error.h"

namespace mmio_cts {

/// A procedure that breaks requirements on purpose: one row of defects.json, which the build leaves beside
/// the library that exports it.
struct Defect {
  std::string name;                 ///< the export
  std::string base;                 ///< the right procedure that it is made of
  std::vector<std::string> breaks;  ///< the rows that it violates, and no others
  std::string summary;
  std::vector<Abi> abis;  ///< where it can exist
};

tl::expected<std::vector<Defect>, Error> read_defects(Abi abi);

}  // namespace mmio_cts
