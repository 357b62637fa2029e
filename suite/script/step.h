#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "suite/script/fault.h"
#include "suite/script/pattern.h"

namespace mmio_cts {

/// What a step's result must be beyond what the file model and the invariants ask for anyway.
struct ExpectedResult {
  enum class Kind {
    anything,
    one_of,   ///< any of `values`
    range,    ///< values[0] to values[1], both included
    error,    ///< the error value of the message: -1, or any code but 0
    nonzero,  ///< anything but 0
  };
  Kind kind = Kind::anything;
  std::vector<std::int64_t> values;
};

/// What a manager allocates for MMIO_ALLOCBUF, in bytes: MMIO_DEFAULTBUFFER.
inline constexpr std::int64_t managers_buffer_size = 8192;

/// Where a message is sent from.
enum class SentFrom {
  same,       ///< the thread that the case began on
  other,      ///< a thread that does nothing else, while the first one waits (ABI-16)
  meanwhile,  ///< such a thread, while the first one sends the message before: both begin at once (IP-20)
};

/// Sends a message to the procedure. Which members count depends on the message.
struct Send {
  std::uint32_t message = 0;
  std::string file = "file";        ///< which MMIOINFO: a case may keep several files open
  std::optional<std::string> name;  ///< OPEN, RENAME: the (old) name; none sends NULL
  std::string case_name;            ///< OPEN: what the case calls it, for adapters; empty if that is `name`
  bool sent_as_null = false;        ///< OPEN: `name` is what the case calls the file; NULL is sent
  std::string new_name;             ///< RENAME
  std::uint32_t flags = 0;          ///< OPEN: dwFlags; CLOSE: lParam1
  std::array<std::uint32_t, 3> info{};  ///< OPEN: adwInfo on entry
  Bytes data;                           ///< WRITE, WRITEFLUSH
  std::int64_t count = 0;  ///< READ, WRITE, WRITEFLUSH: lParam2, in bytes; may be negative on purpose
  bool in_managers_buffer = false;  ///< READ, WRITE, WRITEFLUSH: lParam1 is pchBuffer, as managers send it
  bool until_end = false;           ///< READ: again and again until the result is not positive
  std::int64_t offset = 0;          ///< SEEK: lParam1
  std::int64_t origin = 0;          ///< SEEK: lParam2; 0, 1, 2 are documented
  bool adopts = false;            ///< OPEN: NULL for a name, and the file itself, open, in adwInfo[0] (OP-16)
  bool procedure_is_set = false;  ///< OPEN: pIOProc is the procedure instead of NULL (IP-16)
  std::optional<std::int64_t> handle;  ///< OPEN: hmmio (IP-17); none: one like no other
  SentFrom thread = SentFrom::same;
  std::int64_t param1 = 0;        ///< other messages
  bool param1_is_memory = false;  ///< other messages: lParam1 is the address of some bytes (US-08)
  std::int64_t param2 = 0;        ///< other messages, and OPEN and CLOSE, where it is reserved
  ExpectedResult returns;
  std::optional<std::int64_t> disk_offset;  ///< lDiskOffset after the message
  std::optional<Bytes> read_data;           ///< READ: the bytes returned
};

/// The state of the outside world that a case starts from. Performed outside the worker.
struct Prepare {
  enum class Kind {
    content,               ///< something to read: the procedure's own, or a file with `content`
    file,                  ///< a file with `content`
    missing,               ///< nothing of that name
    full_store,            ///< accepts no byte: every write fails with "disk full"
    unreadable_store,      ///< every read fails with an I/O error
    directory_in_the_way,  ///< a directory of that name
    read_only,             ///< a file with `content` that must not be written
    size_limit,            ///< from now on no file of the worker may grow beyond `size` bytes
  };
  Kind kind = Kind::file;
  std::string name;
  Bytes content;
  std::int64_t size = 0;   ///< size_limit, and content where a file can be made: bytes
  std::int64_t least = 0;  ///< content: bytes that one of the procedure's own must have
};

std::string_view prepare_kind_name(Prepare::Kind kind);

/// Looks at a file from another process, with full sharing.
struct Inspect {
  std::string name;
  std::optional<bool> exists;
  std::optional<Bytes> content;
};

/// Overwrites the MMIOINFO of an open file in place with a copy of itself, as mmioSetInfo does with the one
/// that an application got from mmioGetInfo (requirement IP-11).
struct ReloadInfo {
  std::string file = "file";
};

/// Counts what the process holds: see HeldResources in suite/worker. No file is open. What is there once more
/// for each round, every time, is kept for good (CL-14, OP-12).
struct TakeStock {
  std::int64_t rounds = 0;  ///< of the same messages since the last such step, 1 to most_opens_with_stock
};

/// OPENs and RENAMEs between two such steps: the sender gets the memory for them beforehand.
inline constexpr int most_opens_with_stock = 500;

/// The fault from now on, instead of any before; none: the system does again what it is asked.
struct SetFault {
  std::optional<Fault> fault;
  bool each = false;  ///< the case is run again and again, with each call in turn as the nth: a sweep
};

/// Ends the worker's process without CLOSE and goes on in a new one. All files count as not open.
struct Restart {};

struct Step {
  std::string pointer;      ///< JSON pointer of the step in its file, e.g. "/steps/2"
  std::string requirement;  ///< the row that a violated expectation blames
  std::variant<Send, Prepare, Inspect, ReloadInfo, TakeStock, SetFault, Restart> action;
};

/// Whether `step` is sent at the same moment as the one before.
bool is_sent_meanwhile(const Step& step);

/// "SEEK -5 from CUR", "WRITEFLUSH 28 bytes", "inspect new.dat": for a person, without the result.
std::string describe(const Step& step);

}  // namespace mmio_cts
