#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "suite/trace/observation.h"

namespace mmio_cts {

/// The stored form of a trace: a header and then one record after the other, little-endian, in memory that a
/// worker shares with the process that started it. A record counts from the moment the header says so, hence
/// whatever happens to the worker, every record counted is whole.
///
///   header:  u32 magic "MCTT", u32 version, u64 used (bytes of records), u64 pending (see
///   TraceWriter::begin) record:  u32 kind, u32 size (bytes of payload), u32 checksum, payload
///
/// The candidate may write there, too, by mistake or on purpose: a record with another checksum ends the
/// trace.
inline constexpr std::size_t trace_header_size = 24;
inline constexpr std::size_t record_header_size = 12;

/// Of a record that begins `place` bytes behind the header: what somebody else wrote there does not have it.
std::uint32_t record_checksum(std::uint64_t place, std::uint32_t kind, std::span<const std::byte> payload);

/// Appends records. Writes nothing but inside `memory`; allocates nothing, so that it works in a process
/// whose heap is damaged.
class TraceWriter {
 public:
  /// `memory` holds at least a header. Call `reset` before the first record.
  explicit TraceWriter(std::span<std::byte> memory) : memory_(memory) {}

  /// Forgets all records.
  void reset();

  /// Says that `step` is about to be performed, before its call is made. The next append takes that back.
  void begin(std::uint32_t step);

  /// Says that somebody else than the candidate is at work: an adapter. The next append, begin or this with
  /// false takes that back.
  void begin_others(bool at_work = true);

  /// Bytes of records; UINT64_MAX if there is no header any more.
  std::uint64_t used() const;

  /// Makes the header anew, and forgets all records behind the first `used` bytes of them.
  void cut(std::uint64_t used);

  /// False if there is no room left; then nothing was appended.
  bool append(const Observation& observation);

 private:
  std::span<std::byte> memory_;
};

/// What a trace's memory holds.
struct StoredTrace {
  Trace records;
  std::optional<std::uint32_t>
      pending;                  ///< the step that was begun and has no record: there the worker stopped
  bool others_at_work = false;  ///< an adapter was at work when it stopped
};

/// Reads whatever bytes are there, also those a failing process left behind: records that make no sense end
/// the trace, and `damaged` then says why.
StoredTrace read_trace(std::span<const std::byte> memory, std::string* damaged = nullptr);

}  // namespace mmio_cts
