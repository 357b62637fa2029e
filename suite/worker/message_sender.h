#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "suite/contract/mmsystem.h"
#include "suite/script/step.h"
#include "suite/worker/adapter_fault.h"
#include "suite/worker/adopted_handle.h"
#include "suite/worker/case_trace.h"
#include "suite/worker/guarded_buffer.h"
#include "suite/worker/held_resources.h"
#include "suite/worker/loaded_adapter.h"
#include "suite/worker/other_thread.h"
#include "suite/worker/procedure_call.h"
#include "suite/worker/process_state.h"

namespace mmio_cts {

/// Sends messages to a procedure as a manager would, and records what came of them.
///
/// Each value of Send::file has an MMIOINFO. OPEN makes a new one: zeroed but for dwFlags, fccIOProc, adwInfo
/// and hmmio (requirements FI-01 to FI-18), and with MMIO_ALLOCBUF a buffer in use (OP-21); it keeps its
/// address for the rest of the case. A message to a file that was never opened gets a zeroed one, and so does
/// RENAME each time. To a file whose OPEN was refused nothing is sent.
class MessageSender {
 public:
  /// `adapter` and `trace` outlive this object.
  MessageSender(LPMMIOPROC procedure, const LoadedAdapter& adapter, Guard guard, CaseTrace& trace)
      : procedure_(procedure),
        adapter_(adapter),
        adapter_fault_(adapter),
        guard_(guard),
        trace_(trace),
        buffer_(guard),
        second_buffer_(guard) {}

  /// From now on what the procedure asks of the system is told of each message that is sent alone.
  void observe_os_calls() { observes_os_calls_ = true; }

  /// What calls of the system, or operations of the adapter's store, meet from now on. The text says why it
  /// cannot be had; empty if it can.
  std::string set_fault(const std::optional<Fault>& fault);

  /// False if the trace is full, or what is to be opened cannot be prepared: the trace says so. A READ
  /// until the end is one observation for each of its calls. An exception that leaves the procedure ends the
  /// process, with a crash in the trace.
  bool send(std::uint32_t step, const Send& send);

  /// Sends `send`, and from another thread `meanwhile`, the next step, to another file: both begin at once.
  /// Neither opens, closes or renames anything. Until both are over a crash is told of `step`. False if the
  /// trace is full.
  bool send_at_once(std::uint32_t step, const Send& send, const Send& meanwhile);

  /// Sends CLOSE to each file that the case leaves open: a procedure may rely on it before it is unloaded.
  /// What it answers is nobody's question.
  void close_what_is_open();

  /// Counts what the process holds. False if the trace is full.
  bool take_stock(std::uint32_t step);

  /// Writes over the MMIOINFO of an open file and puts back what was there, but for what an application may
  /// change between mmioGetInfo and mmioSetInfo: MMIO_DIRTY. False if the trace is full.
  bool reload(std::uint32_t step, const ReloadInfo& reload);

 private:
  struct Call {
    GuardedBuffer* info = nullptr;
    UINT message = 0;
    LPARAM param1 = 0;
    LPARAM param2 = 0;
  };

  /// A procedure that does not come back as it must ends the process.
  CallResult call_or_end(MMIOINFO& info, const Call& call);
  MessageObservation perform(std::uint32_t step, const Call& call);
  std::optional<MessageObservation> open(std::uint32_t step, const Send& send);
  MessageObservation close(std::uint32_t step, const Send& send);
  MessageObservation rename(std::uint32_t step, const Send& send);
  // What a message may touch lies in `buffer`.
  MessageObservation read(std::uint32_t step, const Send& send, GuardedBuffer& buffer);
  MessageObservation write(std::uint32_t step, const Send& send, GuardedBuffer& buffer);
  MessageObservation other(std::uint32_t step, const Send& send, GuardedBuffer& buffer);
  std::optional<MessageObservation> send_once(std::uint32_t step, const Send& send, GuardedBuffer& buffer);

  void note_what_is_open(const Send& send, std::int64_t result);
  void put_back_settings(MessageObservation& seen);
  GuardedBuffer& info_of(const std::string& file);
  std::unique_ptr<GuardedBuffer> make_info() const;
  GuardedBuffer& new_info();

  LPMMIOPROC procedure_;
  const LoadedAdapter& adapter_;
  AdapterFault adapter_fault_;
  std::optional<OsCall> met_by_adapter_;  // what the message at hand meets
  Guard guard_;
  CaseTrace& trace_;
  ProcessState process_state_;
  // Closed ones are kept: a new one at the same address would depend on the allocator.
  std::vector<std::unique_ptr<GuardedBuffer>> infos_;
  std::vector<std::unique_ptr<GuardedBuffer>> spare_infos_;  // made in advance where stock is taken
  std::map<std::string, GuardedBuffer*> files_;
  std::map<std::string, AdoptedHandle> adopted_;  // by file, while it is open
  std::set<std::string> refused_;                 // files whose last OPEN was answered with an error
  std::set<std::string> open_;
  GuardedBuffer buffer_;
  GuardedBuffer managers_buffer_;  // without guard pages: it is the same for as long as the file is open
  GuardedBuffer second_buffer_;    // the new name, or what the second of two messages at once may touch
  std::uint64_t last_handle_ = 0;
  bool takes_stock_ = false;
  bool sends_at_once_ = false;
  bool observes_os_calls_ = false;
  std::unique_ptr<Partner> partner_;  // as long as one pair of messages at once follows another
};

/// MMIOINFO inside `block`.
inline MMIOINFO& info_in(const GuardedBuffer& block) {
  return *reinterpret_cast<MMIOINFO*>(block.bytes().data());
}

/// The members that differ, all but lDiskOffset and adwInfo, in their order in MMIOINFO.
std::vector<MemberChange> changed_members(const MMIOINFO& before, const MMIOINFO& after);

}  // namespace mmio_cts
