#include <windows.h>

#include <optional>

#include "suite/worker/case_session.h"
#include "suite/worker/job_windows.h"
#include "suite/worker/process.h"
#include "suite/worker/server.h"

namespace mmio_cts {

int serve(Channel& channel, std::span<std::byte> memory) {
  confine_children();
  if (!write_frame(channel, {{"started", nlohmann::json::object()}})) return 0;
  // Threads that a candidate leaves behind may crash when its case is long over.
  std::optional<CaseTrace> trace;
  while (const auto frame = read_frame(channel)) {
    if (!frame->contains("begin")) continue;
    const BeginFrame begin = begin_frame_from(frame->at("begin"));
    record_crashes_in(trace.emplace(memory));
    record_exits();
    const SessionEnd end = serve_case(begin, GetCurrentProcessId(), channel, *trace);
    if (end == SessionEnd::abandoned || end == SessionEnd::cut_off) end_process_at_once(0);
    leave_directory();
    end_children();
    if (end == SessionEnd::load_failed) continue;
    const bool stays = end == SessionEnd::module_stays;
    if (!Answers(channel, begin.number).send("ended", {{"module_stays", stays}})) break;
  }
  forget_exits();
  return 0;
}

}  // namespace mmio_cts
