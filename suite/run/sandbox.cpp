#include "suite/run/sandbox.h"

namespace mmio_cts {
namespace {

struct ModeName {
  SandboxMode mode;
  std::string_view name;
};
constexpr ModeName mode_names[] = {
    {SandboxMode::automatic, "auto"}, {SandboxMode::required, "required"}, {SandboxMode::none, "none"}};

}  // namespace

WorkerLimits usual_limits(bool wine) {
  using std::chrono::minutes;
  WorkerLimits limits;
  // A native case has a process of its own and takes milliseconds; a Windows worker serves 200 of them.
  limits.cpu = wine ? minutes(60) : minutes(10);
  // A store in memory may hold what a LONG can address, twice while it grows.
  limits.memory = std::int64_t{4} << 30;
  // What a LONG can address, and room for what a format adds.
  limits.file = (std::int64_t{2} << 30) + (std::int64_t{256} << 20);
  limits.processes = 1024;
  return limits;
}

std::optional<SandboxMode> sandbox_mode_from(std::string_view name) {
  for (const ModeName& one : mode_names)
    if (one.name == name) return one.mode;
  return std::nullopt;
}

std::string_view sandbox_mode_name(SandboxMode mode) {
  for (const ModeName& one : mode_names)
    if (one.mode == mode) return one.name;
  return "";
}

tl::expected<std::shared_ptr<Sandbox>, std::string> Sandboxes::get(const Sandbox::Wanted& wanted) {
  const std::lock_guard lock(mutex_);
  std::shared_ptr<Sandbox>& made = made_[!wanted.wine.empty()];
  if (!made) {
    auto sandbox = Sandbox::make(wanted);
    if (!sandbox) return sandbox;
    made = std::move(*sandbox);
  }
  return made;
}

}  // namespace mmio_cts
