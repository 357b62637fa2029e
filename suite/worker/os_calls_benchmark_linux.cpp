// What it costs to observe a call of the system, natively: WRITEs of one byte to /dev/null at its position,
// which is asked for, too.
//   watched  such a write, observed and recorded
//   bare     the same, in a process that is not watched
//   trip     a call that raises SIGSYS, whose handler does nothing
//   cost     watched - bare
//   ratio    cost / trip
// Each in a process of its own, one after the other, as a process that is watched is so for good.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <string>

#include "suite/worker/os_call_filter_linux.h"
#include "suite/worker/os_calls.h"

namespace mmio_cts {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int calls_in_a_row = 2000;
static_assert(calls_in_a_row <= static_cast<int>(most_os_calls));

/// Seconds that `call` takes, after `prepare`; negative if that failed.
template <typename Prepare, typename Call>
double seconds_in_a_process(Prepare prepare, Call call) {
  int ends[2];
  if (pipe(ends) != 0) return -1;
  const pid_t child = fork();
  if (child == 0) {
    double seconds = -1;
    if (prepare()) {
      const auto start = Clock::now();
      for (int i = 0; i < calls_in_a_row; ++i) call();
      seconds = std::chrono::duration<double>(Clock::now() - start).count() / calls_in_a_row;
    }
    _exit(write(ends[1], &seconds, sizeof seconds) == sizeof seconds ? 0 : 1);
  }
  double seconds = -1;
  if (read(ends[0], &seconds, sizeof seconds) != sizeof seconds) seconds = -1;
  for (const int end : ends) close(end);
  waitpid(child, nullptr, 0);
  return seconds;
}

bool trap_and_do_nothing() {
  struct sigaction action = {};
  action.sa_handler = [](int) {};
  constexpr std::array number = {SYS_getppid};
  return sigaction(SIGSYS, &action, nullptr) == 0 && trap_system_calls(number);
}

bool watch() {
  if (!watch_os_calls().empty()) return false;
  record_os_calls();
  return true;
}

void observed_call(benchmark::State& state) {
  const int sink = open("/dev/null", O_WRONLY);
  const auto write_a_byte = [=] { benchmark::DoNotOptimize(write(sink, "a", 1)); };
  double watched = 0, bare = 0, trip = 0;
  for (auto _ : state) {
    const double one = seconds_in_a_process(watch, write_a_byte);
    const double other = seconds_in_a_process([] { return true; }, write_a_byte);
    const double empty =
        seconds_in_a_process(trap_and_do_nothing, [] { benchmark::DoNotOptimize(getppid()); });
    if (one < 0 || other < 0 || empty < 0) {
      state.SkipWithError("system calls cannot be trapped here");
      break;
    }
    watched += one, bare += other, trip += empty;
    state.SetIterationTime(one * calls_in_a_row);
  }
  const auto count = static_cast<double>(state.iterations());
  state.counters["bare"] = bare / count;
  state.counters["trip"] = trip / count;
  state.counters["cost"] = (watched - bare) / count;
  state.counters["ratio"] = (watched - bare) / trip;
  close(sink);
}
BENCHMARK(observed_call)->UseManualTime();

}  // namespace
}  // namespace mmio_cts

BENCHMARK_MAIN();
