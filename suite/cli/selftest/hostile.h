#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "suite/contract/abi.h"
#include "suite/contract/error.h"

namespace mmio_cts {

/// A procedure or library that does harm: one row of hostile.json, which the build leaves beside them.
struct Hostile {
  std::string name;
  std::string library;    ///< without folder and ending
  std::string procedure;  ///< its export
  std::string expected;   ///< an ECMAScript regular expression for the beginning of its verdict
  std::string summary;
};

/// Those that there are on `abi`.
tl::expected<std::vector<Hostile>, Error> read_hostile(Abi abi);

}  // namespace mmio_cts
