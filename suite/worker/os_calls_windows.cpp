#include "suite/worker/os_calls.h"

namespace mmio_cts {

std::string watch_os_calls() { return "what a procedure asks of Windows is not observed yet"; }
void record_os_calls() {}
void inject_fault(const std::optional<Fault>&) {}
std::pair<std::vector<OsCall>, std::uint64_t> take_os_calls() { return {}; }

}  // namespace mmio_cts
