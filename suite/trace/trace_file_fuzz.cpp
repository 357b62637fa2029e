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
