#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "suite/contract/caller_state.h"
#include "suite/contract/mmioinfo_member.h"
#include "suite/script/pattern.h"
#include "suite/trace/os_call.h"

namespace mmio_cts {

/// A member of MMIOINFO that a message changed although it is not the procedure's.
struct MemberChange {
  Member member = Member::flags;
  std::uint64_t before = 0;
  std::uint64_t after = 0;
  bool operator==(const MemberChange&) const = default;
};

/// One message and what came of it. `step` is the index in Case::steps.
struct MessageObservation {
  std::uint32_t step = 0;
  std::int64_t result = 0;              ///< LRESULT as returned, sign-extended where it has 32 bits
  std::int32_t disk_offset_before = 0;  ///< lDiskOffset, bytes from the start of the file
  std::int32_t disk_offset_after = 0;
  std::vector<MemberChange> changes;
  Bytes data;  ///< READ: the first min(result, count) bytes of the buffer; empty on error
  std::int64_t tail_changed =
      -1;  ///< READ: index of the first byte changed behind those, within count; or -1. Other messages: index
           ///< of the first byte changed of the memory that lParam1 points to, or -1
  std::int64_t overrun = 0;  ///< bytes changed outside the buffer: +n at its end, -n before its start, 0 none
  std::int64_t info_overrun = 0;  ///< the same outside of MMIOINFO
  bool source_changed = false;    ///< WRITE, WRITEFLUSH: the caller's data is not what it was
  /// CLOSE: what became of the handle that the procedure had adopted.
  enum class Handle : std::uint8_t { none, open, closed } handle = Handle::none;
  std::vector<CallerState> not_restored;  ///< what the caller did not find again as it was
  std::vector<OsCall> os_calls;           ///< where they are observed: the first of them
  std::uint64_t more_os_calls = 0;        ///< how many more there were
  bool operator==(const MessageObservation&) const = default;
};

/// One file, seen from another process.
struct FileState {
  std::string name;
  bool exists = false;
  bool readable =
      true;  ///< false if it exists but is no regular file, or cannot be opened; then content is empty
  Bytes content;
  bool operator==(const FileState&) const = default;
};

/// What a prepare or reload_info step came to. Where the state asked for cannot be had, the case is skipped;
/// so it is where an adapter cannot do what any other step needs.
struct PrepareObservation {
  std::uint32_t step = 0;
  std::string unavailable;  ///< why not; empty if it is as asked for
  bool operator==(const PrepareObservation&) const = default;
};

struct InspectObservation {
  std::uint32_t step = 0;
  FileState file;
  bool operator==(const InspectObservation&) const = default;
};

/// The process ended without CLOSE and a new one has loaded the candidate; all files as they are then.
struct RestartObservation {
  std::uint32_t step = 0;
  std::vector<FileState> files;
  bool operator==(const RestartObservation&) const = default;
};

/// What the worker was doing if not sending a message; in EndObservation::what.
inline constexpr std::string_view while_loaded = "while the library was loaded";
inline constexpr std::string_view while_unloaded = "while the library was unloaded";

/// The process did not come back from a step, or, when all were over, from the end of the case.
struct EndObservation {
  enum class Kind : std::uint8_t {
    crash,        ///< a signal or an unhandled exception
    exit,         ///< the candidate ended the process
    hang,         ///< no answer within the time limit
    load_failed,  ///< the library or its procedure could not be loaded
    suite_error,  ///< the suite itself failed
    wrong_stack,  ///< the stack pointer was not what it must be after a CALLBACK (stdcall) function
    killed,       ///< by the suite, as the case wants: a restart follows
  };
  std::uint32_t step = 0;
  Kind kind = Kind::crash;
  std::string what;   ///< "SIGSEGV", "exit code 3": for a person, the same in every run
  std::string where;  ///< "at address 0x7F0012345678": what differs from run to run; may be empty
  bool operator==(const EndObservation&) const = default;

  /// All messages of the case were over.
  bool is_at_unload() const { return what.find(while_unloaded) != std::string::npos; }
};

/// Memory that a message hands to the procedure.
enum class Touched : std::uint8_t { nothing, info, buffer, source, name, new_name };

/// A page that the procedure must not touch faulted: the process ended there, see Guard in suite/script.
struct TouchObservation {
  std::uint32_t step = 0;
  Touched what = Touched::nothing;  ///< the memory in question
  bool writes = false;              ///< else it was read
  bool too_late = false;            ///< the message that had handed it over was over
  std::int64_t distance = 0;        ///< bytes: +n for the n-th behind its end, -n before its start, 0 inside
  bool operator==(const TouchObservation&) const = default;
};

/// A message that was not sent, because the OPEN of its file had been refused: managers send none then
/// (requirement IP-14), and not every procedure can bear one.
struct NotSentObservation {
  std::uint32_t step = 0;
  bool operator==(const NotSentObservation&) const = default;
};

/// What the process holds, in so many pieces or bytes; see HeldResources in suite/worker.
struct StockObservation {
  std::uint32_t step = 0;
  std::int64_t handles = 0;
  std::int64_t threads = 0;
  std::int64_t heap = 0;    ///< bytes
  std::int64_t mapped = 0;  ///< bytes
  bool operator==(const StockObservation&) const = default;
};

using Observation =
    std::variant<MessageObservation, PrepareObservation, InspectObservation, RestartObservation,
                 EndObservation, NotSentObservation, TouchObservation, StockObservation>;

/// What was seen of one case, in order. A READ with `until_end` has several observations of one step.
using Trace = std::vector<Observation>;

inline std::uint32_t step_of(const Observation& observation) {
  return std::visit([](const auto& o) { return o.step; }, observation);
}

}  // namespace mmio_cts
