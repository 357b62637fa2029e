#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "suite/contract/contract.h"
#include "suite/run/candidate_run.h"

namespace mmio_cts {

/// The suite itself, as a report tells of it.
struct SuiteInfo {
  std::string version;
  std::string contract_digest;  ///< as contract_digest() gives it
  std::string command;          ///< how a person starts the program, e.g. "mmio-cts"
};

/// SHA-256 of embedded_contract_text().
std::string contract_digest();

/// The report of one candidate, by reports/schema/report.schema.json; its keys are in a fixed order.
///
/// - Without "volatile" two runs of the same candidate give the same bytes.
/// - Without "candidate", "host", "per_abi" and "volatile" the reports of one procedure on several ABIs are
///   the same: nothing else holds a path, the name of an ABI or of a system's exception, or an address.
/// - That of a shard also holds, under "shard", what merge_shards (shard_merge.h) needs.
nlohmann::ordered_json report_json(const CandidateRun& run, const Contract& contract, const SuiteInfo& suite);

/// A document as it is stored: indented, ending in a newline. Bytes that are no UTF-8 become U+FFFD.
std::string to_text(const nlohmann::ordered_json& document);

}  // namespace mmio_cts
