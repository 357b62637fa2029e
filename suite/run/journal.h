#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "suite/candidate/candidate.h"
#include "suite/contract/error.h"
#include "suite/script/case.h"
#include "suite/trace/observation.h"

namespace mmio_cts {

/// What was seen of one case.
struct SeenCase {
  Trace trace;
  std::string output;            ///< of the candidate
  std::int64_t duration_us = 0;  ///< wall clock, microseconds
};

/// A file to which a run adds what it has seen of each case, and in which a later run finds it: whatever ends
/// a run, what it has seen is not lost. Nothing is judged here: a run that goes on may judge otherwise. For
/// use by any number of threads.
///
///   file:    "MCTJ", u32 version; then records: u32 size, u32 checksum (of the payload), payload: CBOR of
///            {"key", "duration_us", "output", "trace"}, the trace as trace_file.h says
///
/// The last record may be half written; it is cut off.
class Journal {
 public:
  /// Reads it if it is there, and makes it if not. An error if it is no journal of this version, or cannot be
  /// written.
  static tl::expected<std::unique_ptr<Journal>, Error> open(const std::filesystem::path& file);

  /// Cases that were there at the beginning.
  std::size_t kept() const { return kept_; }

  /// The key of a case, adapted to a candidate: all that can make a difference to what is seen of it.
  static std::string key_of(const Candidate& candidate, const Case& adapted);

  std::optional<SeenCase> find(const std::string& key) const;

  /// It is on its way to the disk when this returns. Throws std::system_error if it cannot be written.
  void add(const std::string& key, const SeenCase& seen);

  /// All is done: the file is removed.
  void remove();

 private:
  explicit Journal(std::filesystem::path file) : file_(std::move(file)) {}

  std::optional<Error> read();

  std::filesystem::path file_;
  std::ofstream stream_;
  std::map<std::string, SeenCase> seen_;
  std::size_t kept_ = 0;
  std::uint64_t end_ = 0;  // bytes of the file
  mutable std::mutex mutex_;
};

}  // namespace mmio_cts
