#pragma once

#include <tl/expected.hpp>
#include <vector>

#include "suite/report/shard_report.h"
#include "suite/run/candidate_run.h"
#include "suite/script/case.h"

namespace mmio_cts {

/// A run put together from shards; `run` refers to `cases`.
struct MergedRun {
  std::vector<Case> cases;
  CandidateRun run;

  MergedRun() = default;
  MergedRun(MergedRun&&) = default;
  MergedRun& operator=(MergedRun&&) = default;
  MergedRun(const MergedRun&) = delete;
  MergedRun& operator=(const MergedRun&) = delete;
};

/// The run that all shards are together. Causes are found anew over all cases, so every report of it is that
/// of one run of all, but for what is volatile: it began with the first shard and took as long as all of
/// them. `cases`, sorted by id, are all that there are; which of them were selected the shards say. Nothing
/// of the candidate is needed. An error names the file and the JSON pointer: all of read_shards, and cases
/// that are not those that were run.
tl::expected<MergedRun, Error> merge_shards(const std::vector<ReportText>& reports, std::vector<Case> cases,
                                            const Contract& contract, const SuiteInfo& suite);

}  // namespace mmio_cts
