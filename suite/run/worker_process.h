#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "suite/contract/abi.h"
#include "suite/run/sandbox.h"

namespace mmio_cts {

/// How to start a worker.
struct WorkerCommand {
  std::filesystem::path program;
  std::string wine;               ///< the program that runs it; empty: it runs by itself
  std::filesystem::path trace;    ///< in a folder that is the worker's own
  std::filesystem::path capture;  ///< in the same
  const Sandbox* sandbox = nullptr;
};

/// A path as the worker's system writes it: below `Z:\` under Wine.
std::string path_for_worker(Abi abi, const std::filesystem::path& path);

/// A worker's process and the frames that pass to and fro. It has a process group of its own, so that Ctrl-C
/// does not reach it, and an environment that does not depend on the caller's locale or time zone; in that
/// MMIO_CTS_FOLDER names the folder of the trace.
class WorkerProcess {
 public:
  /// Throws std::system_error if no process can be made. A program that cannot be run is a process that
  /// ended with exit code 127. From the first call on this program gets the children of workers that are
  /// no more, and ends them: it must start no others of its own after that, but for those that it waits for
  /// at once.
  static std::unique_ptr<WorkerProcess> start(const WorkerCommand& command);

  /// Ends the process and all that it started, if that has not happened yet.
  virtual ~WorkerProcess() = default;

  /// Of the process that was started.
  virtual std::int64_t pid() const = 0;

  /// Takes frames for the worker, and never waits: what a full pipe does not take goes out in `receive`.
  virtual void send(const std::vector<nlohmann::json>& frames) = 0;

  struct Received {
    enum class Kind {
      frame,
      nothing,   ///< the time is over
      gone,      ///< the process has ended; all it sent was received before
      no_frame,  ///< somebody else writes into the pipe: nothing sensible will come any more
    };
    Kind kind = Kind::nothing;
    nlohmann::json frame;
  };
  /// Waits for the next frame.
  virtual Received receive(std::chrono::milliseconds longest) = 0;

  struct Exit {
    bool by_signal = false;
    int number = 0;  ///< the signal, or the exit code (under Wine its low 8 bits)
  };
  /// Ends the process and all of its group, at once, and says how it ended; a process that had ended before
  /// tells how it did. Can be called again.
  virtual Exit kill() = 0;
};

/// What a process is doing that does not get on, as ", as its process is stopped"; empty if that is not
/// known.
std::string why_it_waits(std::int64_t pid);

/// "SIGKILL"; "signal 64" for one without a name.
std::string signal_name(int signal);

/// "CPU time limit of 600 s" if a process that comes up against one of the limits is sent that signal; else
/// empty.
std::string limit_behind(int signal, const WorkerLimits& limits);

/// Whether files of this process's children may be written although their permission bits forbid it, if the
/// children do nothing about it: as it is for root.
bool permissions_are_overridden();

/// Files that process `pid` writes cannot grow beyond `bytes`, or as large as before if negative. The text
/// says why that cannot be had; empty if it holds now.
std::string limit_file_size(std::int64_t pid, std::int64_t bytes);

}  // namespace mmio_cts
