#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "suite/contract/contract.h"
#include "suite/contract/error.h"
#include "suite/report/json_report.h"

namespace mmio_cts {

/// A file and what is in it.
struct ReportText {
  std::string file;
  std::string text;
};

/// The report of one shard: by the published schema, of this suite and its contract.
struct ShardReport {
  std::string file;
  nlohmann::json document;

  int index() const { return document.at("shard").at("index").get<int>(); }
  int of() const { return document.at("shard").at("of").get<int>(); }
};

/// Reads the reports of all shards of one run, and puts them into the order of their numbers. An error names
/// the file and the JSON pointer: no report, or not of a shard; of another version of the suite or the
/// contract; of another candidate or other cases than the first; a shard that is there twice, or missing.
tl::expected<std::vector<ShardReport>, Error> read_shards(const std::vector<ReportText>& reports,
                                                          const SuiteInfo& suite);

}  // namespace mmio_cts
