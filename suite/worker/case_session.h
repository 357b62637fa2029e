#pragma once

#include <cstdint>

#include "suite/worker/begin_frame.h"
#include "suite/worker/case_trace.h"
#include "suite/worker/frame.h"

namespace mmio_cts {

/// How a case left the worker.
enum class SessionEnd {
  load_failed,   ///< told; there is nothing to unload
  ended,         ///< the library was given back
  module_stays,  ///< likewise, but it is still there
  abandoned,     ///< the process is to be ended at once
  cut_off,       ///< no more commands can be read, or no answers given
};

/// Serves one case in this process, from its "begin" frame to its end. Answers
/// "ready" or "load_failed" and "done"; the caller reports the rest. `channel` may be gone any time.
SessionEnd serve_case(const BeginFrame& begin, std::int64_t pid, Channel& channel, CaseTrace& trace);

}  // namespace mmio_cts
