// What a message costs beyond the procedure itself: guards, the look at what is the caller's, the record.
//
//   bare     the call alone
//   message  a READ of 10 bytes through MessageSender, by the kind of guard: 0 none, 1 behind, 2 before
#include <benchmark/benchmark.h>

#include "suite/contract/message.h"
#include "suite/worker/message_sender.h"

namespace mmio_cts {
namespace {

LRESULT CALLBACK empty_proc(LPSTR, UINT, LPARAM, LPARAM) { return 0; }

void bare(benchmark::State& state) {
  MMIOINFO info = {};
  LPMMIOPROC procedure = empty_proc;
  benchmark::DoNotOptimize(procedure);
  for (auto _ : state) benchmark::DoNotOptimize(procedure(reinterpret_cast<LPSTR>(&info), MMIOM_READ, 0, 10));
}
BENCHMARK(bare);

void message(benchmark::State& state) {
  std::vector<std::byte> memory(1 << 20);
  TraceWriter(memory).reset();
  CaseTrace trace(memory);
  const LoadedAdapter no_adapter;
  MessageSender sender(empty_proc, no_adapter, static_cast<Guard>(state.range(0)), trace);
  Send read;
  read.message = message::read;
  read.count = 10;
  for (auto _ : state) {
    if (!sender.send(0, read)) state.SkipWithError("the trace is full");
    TraceWriter(memory).reset();
    trace.go_on();
  }
}
BENCHMARK(message)->Arg(0)->Arg(1)->Arg(2)->ArgName("guard");

}  // namespace
}  // namespace mmio_cts

BENCHMARK_MAIN();
