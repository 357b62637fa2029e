#pragma once

#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "suite/run/candidate_run.h"

namespace mmio_cts {

/// What a report calls a CaseEnd.
inline constexpr std::array<std::string_view, 5> case_end_names = {"complete", "skipped", "crash", "hang",
                                                                   "error"};

/// What a report of a shard tells beyond any other, so that all shards can be judged as one run (see
/// shard_merge.h): which one it is, how the candidate came to be judged as it was, and what the judge took
/// down of each case, from which causes are found anew. `run` is one of a shard.
nlohmann::ordered_json shard_json(const CandidateRun& run);

/// A case's entry in it, read back. `entry` satisfies the published schema, and its steps and rows are those
/// of the case and the contract.
CaseResult case_result_from(const nlohmann::json& entry);

}  // namespace mmio_cts
