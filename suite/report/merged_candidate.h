#pragma once

#include <tl/expected.hpp>

#include "suite/contract/contract.h"
#include "suite/contract/error.h"
#include "suite/report/shard_report.h"
#include "suite/run/candidate_run.h"

namespace mmio_cts {

/// What a shard's report says of the candidate and of how it was to be judged: a run without cases. Of
/// content of its own only the sizes are known. An error names the file and the JSON pointer.
tl::expected<CandidateRun, Error> candidate_of(const ShardReport& shard, const Contract& contract);

}  // namespace mmio_cts
