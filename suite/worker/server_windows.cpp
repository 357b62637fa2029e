#include <windows.h>

#include "suite/worker/case_session.h"
#include "suite/worker/process.h"
#include "suite/worker/server.h"

namespace mmio_cts {

int serve(Channel& channel, std::span<std::byte> memory) {
  if (!write_frame(channel, {{"started", nlohmann::json::object()}})) return 0;
  while (const auto frame = read_frame(channel)) {
    if (!frame->contains("begin")) continue;
    CaseTrace trace(memory);
    record_crashes_in(trace);
    const SessionEnd end =
        serve_case(begin_frame_from(frame->at("begin")), GetCurrentProcessId(), channel, trace);
    if (end == SessionEnd::abandoned || end == SessionEnd::cut_off) end_process_at_once(0);
    leave_directory();
    if (end == SessionEnd::load_failed) continue;
    const bool stays = end == SessionEnd::module_stays;
    if (!write_frame(channel, {{"ended", {{"module_stays", stays}}}})) break;
  }
  return 0;
}

}  // namespace mmio_cts
