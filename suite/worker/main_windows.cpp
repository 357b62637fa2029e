// mmio-cts-worker TRACE CAPTURE: loads candidates and performs steps, as it is told by `run/`. TRACE is a
// file that receives what was seen, CAPTURE one that receives what candidates print.
#include "suite/worker/process.h"
#include "suite/worker/server.h"
#include "suite/worker/wide_path_windows.h"

extern "C" int wmain(int count, wchar_t** arguments) {
  using namespace mmio_cts;
  if (count != 3) return setup_failed;
  const auto channel = take_standard_handles(narrow(arguments[2]));
  const auto trace = map_shared_file(narrow(arguments[1]));
  if (!channel || trace.empty()) return setup_failed;
  return serve(*channel, trace);
}
