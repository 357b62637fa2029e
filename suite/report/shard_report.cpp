#include "suite/report/shard_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <stdexcept>

#include "suite/report/report_writer.h"
#include "suite/script/json_text.h"
#include "suite/script/schema.h"

namespace mmio_cts {
namespace {

using nlohmann::json;

std::optional<Error> wrong(const std::string& file, std::string place, std::string message) {
  return Error{file, std::move(place), std::move(message)};
}

tl::expected<ShardReport, Error> parse(const ReportText& report) {
  try {
    return ShardReport{report.file, parse_input(report.text)};
  } catch (const json::parse_error& error) {
    return tl::unexpected(Error{report.file, fmt::format("byte {}", error.byte), "not JSON"});
  } catch (const std::invalid_argument& error) {
    return tl::unexpected(Error{report.file, "", error.what()});
  }
}

std::optional<Error> check(const ShardReport& report, const Schema& schema, const SuiteInfo& suite) {
  const json& document = report.document;
  if (auto error = schema.check(document)) {
    error->file = report.file;
    error->message = "no report of mmio-cts: " + error->message;
    return error;
  }
  const auto expect = [&](const char* place, const std::string& wanted) -> std::optional<Error> {
    const json& found = document.at(json::json_pointer(place));
    if (found == wanted) return std::nullopt;
    return wrong(report.file, place,
                 fmt::format("{} is not that of this program, {}", found.dump(), json(wanted).dump()));
  };
  if (auto error = expect("/suite/version", suite.version)) return error;
  if (auto error = expect("/suite/contract/digest", suite.contract_digest)) return error;
  if (!document.contains("shard"))
    return wrong(report.file, "/shard", "is missing: this is the report of a whole run");
  const json& shard = document.at("shard");
  for (const char* member : {"index", "of"})
    if (const auto number = shard.at(member).get<std::int64_t>();
        number < 1 || number > std::numeric_limits<int>::max())
      return wrong(report.file, fmt::format("/shard/{}", member),
                   fmt::format("{} is no number of a shard", number));
  if (report.index() > report.of())
    return wrong(report.file, "/shard/index",
                 fmt::format("there is no shard {} of {}", report.index(), report.of()));
  return std::nullopt;
}

// What all shards of a run say alike.
json common_part(const ShardReport& report) {
  json document = report.document;
  for (const char* own :
       {"host", "totals", "traits", "findings", "requirements", "cases", "per_abi", "volatile"})
    document.erase(own);
  for (const char* own : {"conformant", "accepted", "tested", "complete", "text"})
    document["verdict"].erase(own);
  for (const char* own : {"index", "interrupted", "cases"}) document["shard"].erase(own);
  for (json& known : document["known_failures"]) known.erase("state");
  return document;
}

std::optional<Error> check_likeness(const ShardReport& first, const ShardReport& other) {
  const json differences = json::diff(common_part(first), common_part(other));
  if (differences.empty()) return std::nullopt;
  return wrong(other.file, differences.front().at("path"),
               fmt::format("is not as in {}: these are no shards of one run", first.file));
}

std::optional<Error> check_completeness(const std::vector<ShardReport>& sorted) {
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const ShardReport& report = sorted[i];
    if (i > 0 && report.index() == sorted[i - 1].index())
      return wrong(report.file, "/shard/index",
                   fmt::format("shard {} is also in {}", report.index(), sorted[i - 1].file));
    const int expected = i == 0 ? 1 : sorted[i - 1].index() + 1;
    if (report.index() != expected)
      return wrong(report.file, "/shard/of", fmt::format("shard {} of {} is missing", expected, report.of()));
  }
  if (const ShardReport& last = sorted.back(); last.index() != last.of())
    return wrong(last.file, "/shard/of",
                 fmt::format("shard {} of {} is missing", last.index() + 1, last.of()));
  return std::nullopt;
}

}  // namespace

tl::expected<std::vector<ShardReport>, Error> read_shards(const std::vector<ReportText>& reports,
                                                          const SuiteInfo& suite) {
  if (reports.empty()) return tl::unexpected(Error{"", "", "no report is given"});
  // Compiling the schema costs more than checking some reports against it.
  thread_local const Schema schema(report_schema_text());
  std::vector<ShardReport> shards;
  for (const ReportText& text : reports) {
    auto report = parse(text);
    if (!report) return tl::unexpected(std::move(report.error()));
    if (auto error = check(*report, schema, suite)) return tl::unexpected(std::move(*error));
    if (!shards.empty())
      if (auto error = check_likeness(shards.front(), *report)) return tl::unexpected(std::move(*error));
    shards.push_back(std::move(*report));
  }
  std::stable_sort(shards.begin(), shards.end(),
                   [](const ShardReport& a, const ShardReport& b) { return a.index() < b.index(); });
  if (auto error = check_completeness(shards)) return tl::unexpected(std::move(*error));
  return shards;
}

}  // namespace mmio_cts
