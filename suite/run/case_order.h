#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "suite/script/case.h"

namespace mmio_cts {

/// One of several runs that share the cases of a selection among them.
struct Shard {
  int index = 1;  ///< from 1 to `of`
  int of = 1;
};

/// The cases of a shard: every of-th one, the first being that at `index`; all if there is no shard. Their
/// order stays, so no seed moves a case into another shard.
std::vector<const Case*> cases_of(const std::vector<Case>& selection, const std::optional<Shard>& shard);

/// In which order `count` cases are begun: a permutation of 0 to count - 1 that depends on the seed alone and
/// is the same on every system; without a seed 0, 1, 2 ...
std::vector<std::size_t> run_order(std::size_t count, const std::optional<std::uint64_t>& seed);

/// SHA-256 of the cases, each with its id, what it is about and where it applies: of what a verdict rests on.
std::string digest_of(const std::vector<Case>& cases);

}  // namespace mmio_cts
