#include "suite/run/journal.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <span>
#include <sstream>
#include <system_error>

#include "suite/candidate/sha256.h"
#include "suite/trace/trace_file.h"

namespace mmio_cts {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr std::uint32_t version = 1;
constexpr std::string_view magic = "MCTJ";
constexpr std::size_t file_header_size = 8, header_size = 8;
constexpr std::size_t first_trace_size = 1 << 16, largest_trace_size = 1u << 30;

std::string digest(std::string_view text) {
  // Only a broken installation refuses, and then no candidate could be looked at either.
  return sha256(std::as_bytes(std::span(text))).value_or(std::string(text));
}

json::binary_t trace_bytes(const Trace& trace) {
  for (std::size_t size = first_trace_size; size <= largest_trace_size; size *= 4) {
    std::vector<std::byte> memory(size);
    TraceWriter writer(memory);
    writer.reset();
    bool fits = true;
    for (const Observation& seen : trace) fits = fits && writer.append(seen);
    if (!fits) continue;
    const auto* begin = reinterpret_cast<const std::uint8_t*>(memory.data());
    return json::binary_t({begin, begin + trace_header_size + writer.used()});
  }
  throw std::length_error("a trace is too long to be kept");
}

std::uint32_t load(std::span<const std::byte> bytes, std::size_t at) {
  std::uint32_t value = 0;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

void put(std::string& text, std::uint32_t value) {
  text.append(reinterpret_cast<const char*>(&value), sizeof value);
}

std::string file_header() {
  std::string text(magic);
  put(text, version);
  return text;
}

Error cannot(const fs::path& file, const char* what) {
  return {file.string(), "", fmt::format("cannot be {}: {}", what, std::strerror(errno))};
}

}  // namespace

tl::expected<std::unique_ptr<Journal>, Error> Journal::open(const fs::path& file) {
  std::unique_ptr<Journal> journal(new Journal(file));
  if (auto error = journal->read()) return tl::unexpected(std::move(*error));
  return journal;
}

std::optional<Error> Journal::read() {
  std::error_code none_there;
  const bool is_new = !fs::exists(file_, none_there);
  if (!is_new && !fs::is_regular_file(file_, none_there))
    return Error{file_.string(), "", "is no regular file, as a journal must be"};
  std::string text;
  if (!is_new) {
    std::ifstream stream(file_, std::ios::binary);
    std::ostringstream all;
    if (!stream) return cannot(file_, "read");
    if (stream.peek() != std::ifstream::traits_type::eof()) all << stream.rdbuf();
    text = std::move(all).str();
    if (!text.empty() && !text.starts_with(file_header()))
      return Error{
          file_.string(), "",
          "is no journal of this version of mmio-cts; name another file, or remove it to begin anew"};
  }
  const auto bytes = std::as_bytes(std::span(text));
  std::size_t at = text.empty() ? 0 : file_header_size;
  while (at != 0 && bytes.size() - at >= header_size) {
    const std::size_t size = load(bytes, at);
    if (size > bytes.size() - at - header_size) break;
    const auto payload = bytes.subspan(at + header_size, size);
    if (load(bytes, at + 4) != record_checksum(at, version, payload)) break;
    const json record = json::from_cbor(payload, true, false);
    if (record.is_discarded()) break;
    const auto& trace = record.at("trace").get_binary();
    std::string damaged;
    StoredTrace stored = read_trace(std::as_bytes(std::span(trace)), &damaged);
    if (!damaged.empty()) break;
    seen_[record.at("key")] = {std::move(stored.records), record.at("output").get<std::string>(),
                               record.at("duration_us").get<std::int64_t>()};
    at += header_size + size;
  }
  kept_ = seen_.size();
  end_ = std::max(at, file_header_size);
  if (!is_new) fs::resize_file(file_, at, none_there);
  stream_.open(file_, std::ios::binary | std::ios::app);
  if (at == 0) stream_ << file_header() << std::flush;
  if (!stream_) return cannot(file_, "written");
  return std::nullopt;
}

std::string Journal::key_of(const Candidate& candidate, const Case& adapted) {
  std::string all = fmt::format("{}\n{}\n{}\n{}\n{}\n", candidate.sha256, candidate.library.string(),
                                candidate.procedure, candidate.adapter.string(), abi_name(candidate.abi));
  all += fmt::format("{}\n{}\n", adapted.id, static_cast<int>(adapted.guard));
  for (const std::string& step : adapted.step_documents) all += step + "\n";
  return digest(all);
}

std::optional<SeenCase> Journal::find(const std::string& key) const {
  const std::lock_guard lock(mutex_);
  const auto found = seen_.find(key);
  return found == seen_.end() ? std::nullopt : std::optional(found->second);
}

void Journal::add(const std::string& key, const SeenCase& seen) {
  const json record = {{"key", key},
                       {"duration_us", seen.duration_us},
                       {"output", seen.output},
                       {"trace", trace_bytes(seen.trace)}};
  const std::vector<std::uint8_t> payload = json::to_cbor(record);
  const std::lock_guard lock(mutex_);
  std::string text;
  put(text, static_cast<std::uint32_t>(payload.size()));
  put(text, record_checksum(end_, version, std::as_bytes(std::span(payload))));
  text.append(reinterpret_cast<const char*>(payload.data()), payload.size());
  if (!(stream_ << text << std::flush))
    throw std::system_error(errno, std::generic_category(), "cannot write " + file_.string());
  end_ += text.size();
}

void Journal::remove() {
  const std::lock_guard lock(mutex_);
  stream_.close();
  std::error_code none_there;
  fs::remove(file_, none_there);
}

}  // namespace mmio_cts
