#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "suite/cli/selftest/kill_matrix.h"
#include "suite/contract/error.h"

namespace mmio_cts {

/// Cases that are kept though no defect needs them: one entry of fixtures/kept_cases.json.
struct KeptCases {
  std::vector<std::string> globs;  ///< of names of cases
  std::string reason;
};

tl::expected<std::vector<KeptCases>, Error> read_kept_cases(const std::filesystem::path& file);

/// What each case is there for. Names are those of Case::name().
struct Idleness {
  std::set<std::string> needed;  ///< without it a defect is missed or misblamed, or a row is without a defect
  std::set<std::string> kept;    ///< for a reason
  std::set<std::string> idle;    ///< for none
  std::vector<std::string> vain_globs;  ///< give a reason for no case that could be left out

  bool is_good() const { return idle.empty() && vain_globs.empty(); }
};

/// From a matrix whose procedures say what they need.
Idleness find_idle(const std::vector<Case>& cases, const KillMatrix& matrix,
                   const std::vector<KeptCases>& kept);

}  // namespace mmio_cts
