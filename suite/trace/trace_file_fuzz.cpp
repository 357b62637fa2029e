#include <cstring>

#include "suite/contract/check_for_fuzz.h"
#include "suite/trace/trace_file.h"

using namespace mmio_cts;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string damaged;
  const StoredTrace trace = read_trace(std::as_bytes(std::span(data, size)), &damaged);
  require(!trace.pending || !trace.others_at_work, "one of them is at work");
  require(is_printable(damaged), "what is damaged is told in one line");
  // No record is written in more bytes than it was read from.
  std::vector<std::byte> memory(trace_header_size + size);
  TraceWriter writer(memory);
  writer.reset();
  for (const Observation& observation : trace.records)
    require(writer.append(observation), "what was read can be written");
  require(trace.records.empty() ||
              !writer.append(EndObservation{0, EndObservation::Kind::crash, std::string(size, 'x'), ""}),
          "what does not fit is refused");
  if (trace.pending) writer.begin(*trace.pending);
  if (trace.others_at_work) writer.begin_others();
  const StoredTrace again = read_trace(memory, &damaged);
  require(damaged.empty(), "what was written is in order");
  require(again.records == trace.records && again.pending == trace.pending &&
              again.others_at_work == trace.others_at_work,
          "what was written is read again");
  return 0;
}

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

/// Most changes make a checksum wrong, and would show nothing of what is read behind it: so half of them get
/// it put right.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most,
                                               unsigned seed) {
  size = LLVMFuzzerMutate(data, size, most);
  if (seed % 2 == 0) return size;
  for (std::size_t at = trace_header_size; at + record_header_size <= size;) {
    std::uint32_t kind = 0, length = 0;
    std::memcpy(&kind, data + at, sizeof kind);
    std::memcpy(&length, data + at + 4, sizeof length);
    if (length > size - at - record_header_size) break;
    const auto payload = std::as_bytes(std::span(data + at + record_header_size, length));
    const std::uint32_t checksum = record_checksum(at - trace_header_size, kind, payload);
    std::memcpy(data + at + 8, &checksum, sizeof checksum);
    at += record_header_size + length;
  }
  return size;
}
