#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "suite/candidate/candidate.h"
#include "suite/contract/edition.h"
#include "suite/judge/summary.h"
#include "suite/run/case_order.h"
#include "suite/run/profile.h"
#include "suite/run/sandbox.h"
#include "suite/trace/observation.h"

namespace mmio_cts {

/// One case of a run, with what is needed to show it.
struct CaseRun {
  JudgedCase judged;
  Trace trace;
  std::int64_t duration_us = 0;         ///< wall clock, microseconds
  std::string output;                   ///< what the candidate wrote to stdout and stderr, its end cut off
  std::shared_ptr<const Case> adapted;  ///< the case as it was run, if it was; judged.script then
};

/// What a probe found out.
struct Probed {
  Profile profile;
  bool opens = true;       ///< some OPEN succeeded, or did not come back
  bool opened = false;     ///< some OPEN succeeded
  std::string open_error;  ///< in which way nothing could be opened, if so
  std::string load_error;  ///< why the worker could not load the library; empty if it could
  /// Capability and the observation that speaks against it, for those that are absent and were not declared
  /// so.
  std::vector<std::pair<Capability, std::string>> absent;
  std::vector<std::string> not_opened;  ///< declared names under which nothing opens, in a sentence each
  std::vector<std::string>
      noticed;  ///< what else it goes by: which names it takes, that it has content of its own
  std::vector<std::string> ended;  ///< sequences that crashed or hung, in a sentence each
};

/// A candidate and everything that came of judging it.
struct CandidateRun {
  Candidate candidate;
  Edition edition = Edition::sdk_1992;
  Level level = Level::must;         ///< a violated row of this level or a stronger one is a failure
  Manifest manifest;                 ///< what was declared
  Probed probed;                     ///< the profile is that of manifest and probe together
  std::vector<Capability> required;  ///< whose lack is a failure
  std::vector<CaseRun> cases;  ///< in the order of their ids; those not run are skipped with their reason
  Summary common;              ///< of the cases that run on every ABI: the same on all three
  Summary per_abi;             ///< of the others
  bool interrupted = false;    ///< stopped before all cases were run
  bool selected = false;       ///< only some cases were to be run
  std::optional<Shard> shard;  ///< only its share of them was run; what that means the merge tells
  std::string cases_digest;    ///< digest_of all cases that were selected
  std::string started_at;      ///< ISO 8601, UTC
  std::int64_t duration_us = 0;
  int jobs = 1;
  std::optional<std::uint64_t> seed;  ///< what the order of the cases was derived from, if it was
  std::string runtime;                ///< what the worker ran on: "Linux 6.1", "Wine 8.0"
  Containment containment;            ///< what the worker was kept from
};

/// Finds the causes of what the judge took down of `run.cases`: sets `common` and `per_abi`.
void sum_up(CandidateRun& run, const Contract& contract);

/// The capabilities that were required and that the candidate lacks, or that no case could try. Of a shard
/// that is not asked.
std::vector<Capability> lacking(const CandidateRun& run);

/// True if a row of the run's level or a stronger one is violated, a case ended in a crash, hang or error, or
/// a required capability is lacking.
bool has_violation(const CandidateRun& run);

/// True if that is so, and all of it was known until it expired.
bool only_expired_failures(const CandidateRun& run);

/// True if a failure that is known is among the findings.
bool has_known_violation(const CandidateRun& run);

/// True if no row of the run's level is violated, but for known failures, no case ended in a crash, hang or
/// error, and the run is whole: never of a shard.
bool is_conformant(const CandidateRun& run);

/// True if OPEN, CLOSE, SEEK and READ or WRITE were exercised.
bool tested_anything(const CandidateRun& run);

/// "read-write", "read-only", "write-only".
std::string role_of(const CapabilitySet& capabilities);

}  // namespace mmio_cts
