#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace mmio_cts {

/// What a worker may use up; none: no limit.
struct WorkerLimits {
  std::optional<std::chrono::seconds> cpu;  ///< of one process
  std::optional<std::int64_t> memory;       ///< bytes that one process may write to, its stacks not counted
  std::optional<std::int64_t> file;         ///< bytes of one file
  std::optional<int> processes;             ///< of the user, more than there were

  bool operator==(const WorkerLimits&) const = default;
};

/// How `missing` begins where it is about WorkerLimits::processes.
constexpr std::string_view process_limit = "a limit to the number of processes";

/// Generous: a correct procedure never meets them.
WorkerLimits usual_limits(bool wine);

enum class SandboxMode {
  automatic,  ///< all that can be had
  required,   ///< nothing without
  none,
};
std::optional<SandboxMode> sandbox_mode_from(std::string_view name);
std::string_view sandbox_mode_name(SandboxMode mode);

/// What a worker was kept from, in words that are the same in each run on a machine.
struct Containment {
  SandboxMode mode = SandboxMode::none;
  std::string file_writes = "unrestricted";  ///< by what they are, or "unrestricted"
  std::string network = "unrestricted";      ///< the same
  WorkerLimits limits;
  std::vector<std::string> missing;  ///< what cannot be had, and why

  bool operator==(const Containment&) const = default;
};

/// A place for workers from which they can do no harm. They write nowhere but in its folder; what they write
/// in the system's folders for temporary files, or in Wine's prefix, is seen by them alone and gone in the
/// end. They have no network, and limits. Reading stays free. Processes that are left in the end are ended.
///
/// For use by any number of threads.
class Sandbox {
 public:
  struct Wanted {
    SandboxMode mode = SandboxMode::automatic;  ///< not `none`
    std::filesystem::path scratch_root;  ///< an existing folder; the sandbox makes one of its own in it
    std::string wine;                    ///< what runs Windows workers, by path; empty natively
    WorkerLimits limits;
  };
  /// An error says what cannot be had although it is required. Throws std::system_error if the host fails.
  static tl::expected<std::shared_ptr<Sandbox>, std::string> make(const Wanted& wanted);

  virtual ~Sandbox() = default;

  /// Where workers write; absolute.
  virtual const std::filesystem::path& folder() const = 0;
  virtual const Containment& containment() const = 0;
};

/// One for native workers and one for Wine's, each made when it is first asked for: the cold start of a Wine
/// of its own takes half a second.
class Sandboxes {
 public:
  tl::expected<std::shared_ptr<Sandbox>, std::string> get(const Sandbox::Wanted& wanted);

 private:
  std::mutex mutex_;
  std::map<bool, std::shared_ptr<Sandbox>> made_;
};

}  // namespace mmio_cts
