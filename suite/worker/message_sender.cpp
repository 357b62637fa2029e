#include "suite/worker/message_sender.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <tuple>
#include <utility>

#include "suite/contract/message.h"
#include "suite/worker/os_calls.h"
#include "suite/worker/process.h"

namespace mmio_cts {
namespace {

constexpr FOURCC four_cc = 0x20535443;  // "CTS "

// Where a procedure never comes to the end, the judge has long seen it, and the trace must not fill up: no
// file of a case has more bytes than this. One that reads large blocks in small pieces is left where it
// stands: each piece costs as much as the buffer that was asked for.
constexpr int most_reads_until_end = 100'000;
constexpr std::int64_t most_bytes_until_end = 16 << 20;
constexpr std::int64_t most_bytes_asked_until_end = 128 << 20;

// What a count that no buffer can have is sent with: negative on purpose, or beyond any store of a case.
constexpr std::int64_t buffer_for_impossible_count = 64;
constexpr std::int64_t largest_buffer = 64 << 20;

std::int64_t buffer_size(std::int64_t count) {
  return count < 0 ? buffer_for_impossible_count : std::min(count, largest_buffer);
}

// A caller that trusted the stack would have crashed, or worse.
std::string wrong_stack(int drift) {
  return fmt::format("the stack is off by {} bytes after the call: the procedure is not CALLBACK (stdcall)",
                     drift);
}

LPARAM address(const void* pointer) { return reinterpret_cast<LPARAM>(pointer); }

const char* put_name(GuardedBuffer& buffer, const std::string& name, Touched what = Touched::name) {
  const auto room = buffer.prepare(name.size() + 1, what);
  std::memcpy(room.data(), name.c_str(), room.size());
  return reinterpret_cast<const char*>(room.data());
}

template <typename T>
std::uint64_t bits(T value) {
  if constexpr (std::is_pointer_v<T>)
    return reinterpret_cast<std::uintptr_t>(value);
  else
    return static_cast<std::make_unsigned_t<T>>(value);
}

std::uint64_t value_of(const MMIOINFO& info, Member member) {
  switch (member) {
    case Member::flags:
      return bits(info.dwFlags);
    case Member::four_cc:
      return bits(info.fccIOProc);
    case Member::procedure:
      return bits(info.pIOProc);
    case Member::error_result:
      return bits(info.wErrorRet);
    case Member::task:
      return bits(info.htask);
    case Member::buffer_size:
      return bits(info.cchBuffer);
    case Member::buffer:
      return bits(info.pchBuffer);
    case Member::next:
      return bits(info.pchNext);
    case Member::end_read:
      return bits(info.pchEndRead);
    case Member::end_write:
      return bits(info.pchEndWrite);
    case Member::buffer_offset:
      return bits(info.lBufOffset);
    case Member::reserved1:
      return bits(info.dwReserved1);
    case Member::reserved2:
      return bits(info.dwReserved2);
    case Member::handle:
      return bits(info.hmmio);
  }
  return 0;
}

std::size_t size_of_buffer(const Send& send, std::size_t size) {
  return send.in_managers_buffer ? managers_buffer_size : size;
}

void prepare_info(GuardedBuffer& block) {
  std::memset(block.prepare(sizeof(MMIOINFO), Touched::info).data(), 0, sizeof(MMIOINFO));
}

}  // namespace

std::vector<MemberChange> changed_members(const MMIOINFO& before, const MMIOINFO& after) {
  std::vector<MemberChange> changes;
  for (const MemberRow& row : guarded_members) {
    const auto was = value_of(before, row.member), is = value_of(after, row.member);
    if (was != is) changes.push_back({row.member, was, is});
  }
  return changes;
}

std::unique_ptr<GuardedBuffer> MessageSender::make_info() const {
  auto block = std::make_unique<GuardedBuffer>(guard_);
  prepare_info(*block);
  return block;
}

GuardedBuffer& MessageSender::new_info() {
  if (spare_infos_.empty()) return *infos_.emplace_back(make_info());
  infos_.push_back(std::move(spare_infos_.back()));
  spare_infos_.pop_back();
  prepare_info(*infos_.back());
  return *infos_.back();
}

GuardedBuffer& MessageSender::info_of(const std::string& file) {
  GuardedBuffer*& block = files_[file];
  if (block == nullptr) block = &new_info();
  return *block;
}

CallResult MessageSender::call_or_end(MMIOINFO& info, const Call& call) {
  CallResult answer;
  try {
    answer = call_procedure(procedure_, &info, call.message, call.param1, call.param2);
  } catch (...) {
    trace_.end(EndObservation::Kind::crash, "C++ exception");
    end_process_at_once(1);
  }
  end_if_forked();
  if (answer.stack_drift != 0) {
    trace_.end(EndObservation::Kind::wrong_stack, wrong_stack(answer.stack_drift));
    end_process_at_once(1);
  }
  return answer;
}

MessageObservation MessageSender::perform(std::uint32_t step, const Call& call) {
  MMIOINFO& info = info_in(*call.info);
  const MMIOINFO before = info;
  MessageObservation seen;
  seen.step = step;
  seen.disk_offset_before = info.lDiskOffset;
  if (!sends_at_once_) trace_.begin(step);
  const bool observes = observes_os_calls_ && !sends_at_once_;
  if (observes) record_os_calls();
  CallResult answer = call_or_end(info, call);
  if (observes) std::tie(seen.os_calls, seen.more_os_calls) = take_os_calls();
  if (met_by_adapter_) seen.os_calls.push_back(*std::exchange(met_by_adapter_, std::nullopt));
  seen.result = answer.result;
  seen.disk_offset_after = info.lDiskOffset;
  seen.changes = changed_members(before, info);
  seen.info_overrun = call.info->overrun();
  seen.not_restored = std::move(answer.changed);
  if (!sends_at_once_) put_back_settings(seen);
  return seen;
}

void MessageSender::put_back_settings(MessageObservation& seen) {
  for (const CallerState state : process_state_.put_back()) seen.not_restored.push_back(state);
}

// None if it cannot be prepared.
std::optional<MessageObservation> MessageSender::open(std::uint32_t step, const Send& send) {
  GuardedBuffer& block = *(files_[send.file] = &new_info());
  MMIOINFO& info = info_in(block);
  info.dwFlags = send.flags;
  info.fccIOProc = four_cc;
  if (send.procedure_is_set) info.pIOProc = procedure_;
  std::copy(send.info.begin(), send.info.end(), info.adwInfo);
  if ((send.flags & MMIO_ALLOCBUF) != 0) {
    info.cchBuffer = static_cast<LONG>(managers_buffer_size);
    info.pchBuffer =
        reinterpret_cast<char*>(managers_buffer_.prepare(managers_buffer_size, Touched::buffer).data());
    info.pchNext = info.pchBuffer + 16;  // in use, so that a reset shows
    info.pchEndRead = info.pchBuffer + 32;
    info.pchEndWrite = info.pchBuffer + info.cchBuffer;
  }
  // A linear congruential generator of full period also in its lower half: no handle comes twice.
  last_handle_ = last_handle_ * 6364136223846793005 + 1442695040888963407;
  const auto handle =
      static_cast<std::uint64_t>(send.handle.value_or(static_cast<std::int64_t>(last_handle_)));
  info.hmmio = reinterpret_cast<HMMIO>(static_cast<std::uintptr_t>(handle));
  if (send.adopts) {
    auto adopted = AdoptedHandle::open(*send.name, send.flags);
    if (!adopted) return std::nullopt;
    info.adwInfo[0] = adopted->number();
    adopted_.insert_or_assign(send.file, std::move(*adopted));
    return perform(step, {&block, send.message, 0, static_cast<LPARAM>(send.param2)});
  }
  std::optional<LoadedAdapter::SentName> sent{{!send.name, send.name.value_or("")}};
  if (send.name || !send.case_name.empty()) {
    trace_.set_phase("while the adapter prepared an OPEN", true);
    sent = adapter_.prepare_open(send.case_name.empty() ? *send.name : send.case_name, *sent, info);
    if (!sent) return std::nullopt;
  }
  if (sent->null) return perform(step, {&block, send.message, 0, static_cast<LPARAM>(send.param2)});
  const char* name = put_name(buffer_, sent->name);
  auto seen = perform(step, {&block, send.message, address(name), static_cast<LPARAM>(send.param2)});
  seen.overrun = buffer_.overrun();
  buffer_.spoil();
  return seen;
}

MessageObservation MessageSender::close(std::uint32_t step, const Send& send) {
  auto seen = perform(step, {&info_of(send.file), send.message, static_cast<LPARAM>(send.flags),
                             static_cast<LPARAM>(send.param2)});
  if (const auto adopted = adopted_.find(send.file); adopted != adopted_.end()) {
    using Handle = MessageObservation::Handle;
    seen.handle = adopted->second.is_open() ? Handle::open : Handle::closed;
    adopted_.erase(adopted);
  }
  return seen;
}

MessageObservation MessageSender::rename(std::uint32_t step, const Send& send) {
  const char* from = send.name ? put_name(buffer_, *send.name) : nullptr;
  const char* to = put_name(second_buffer_, send.new_name, Touched::new_name);
  auto seen = perform(step, {&new_info(), send.message, address(from), address(to)});
  if (from != nullptr) seen.overrun = buffer_.overrun();
  if (seen.overrun == 0) seen.overrun = second_buffer_.overrun();
  if (from != nullptr) buffer_.spoil();
  second_buffer_.spoil();
  return seen;
}

MessageObservation MessageSender::read(std::uint32_t step, const Send& send, GuardedBuffer& guarded) {
  const auto size = static_cast<std::size_t>(buffer_size(send.count));
  guarded.prepare(size_of_buffer(send, size), Touched::buffer);
  const auto buffer = guarded.bytes().first(size);
  auto seen = perform(
      step, {&info_of(send.file), send.message, address(buffer.data()), static_cast<LPARAM>(send.count)});
  const auto claimed =
      std::clamp<std::int64_t>(seen.result, 0, send.count < 0 ? 0 : static_cast<std::int64_t>(buffer.size()));
  seen.data.assign(buffer.begin(), buffer.begin() + claimed);
  seen.overrun = guarded.overrun();
  const std::int64_t changed = guarded.first_change(static_cast<std::size_t>(claimed));
  if (changed >= static_cast<std::int64_t>(size))  // the manager's buffer goes on where the count ends
    seen.overrun = changed - static_cast<std::int64_t>(size) + 1;
  else if (send.count >= 0)
    seen.tail_changed = changed;
  guarded.spoil();
  return seen;
}

MessageObservation MessageSender::write(std::uint32_t step, const Send& send, GuardedBuffer& guarded) {
  guarded.prepare(size_of_buffer(send, send.data.size()), Touched::source);
  const auto buffer = guarded.bytes().first(send.data.size());
  std::copy(send.data.begin(), send.data.end(), buffer.begin());
  guarded.make_read_only();
  auto seen = perform(
      step, {&info_of(send.file), send.message, address(buffer.data()), static_cast<LPARAM>(send.count)});
  seen.source_changed = !std::equal(buffer.begin(), buffer.end(), send.data.begin());
  seen.overrun = guarded.overrun();
  guarded.spoil();
  return seen;
}

MessageObservation MessageSender::other(std::uint32_t step, const Send& send, GuardedBuffer& buffer) {
  constexpr std::size_t enough = 64;
  LPARAM param1 = static_cast<LPARAM>(send.param1);
  if (send.param1_is_memory) param1 = address(buffer.prepare(enough, Touched::buffer).data());
  auto seen = perform(step, {&info_of(send.file), send.message, param1, static_cast<LPARAM>(send.param2)});
  if (!send.param1_is_memory) return seen;
  seen.tail_changed = buffer.first_change(0);
  seen.overrun = buffer.overrun();
  buffer.spoil();
  return seen;
}

std::string MessageSender::set_fault(const std::optional<Fault>& fault) {
  if (adapter_.can_fail()) return adapter_fault_.set(fault);
  return inject_fault(fault);
}

std::optional<MessageObservation> MessageSender::send_once(std::uint32_t step, const Send& send,
                                                           GuardedBuffer& buffer) {
  if (adapter_.can_fail() && !sends_at_once_) met_by_adapter_ = adapter_fault_.before(send);
  switch (send.message) {
    case message::open:
      return open(step, send);
    case message::close:
      return close(step, send);
    case message::read:
      return read(step, send, send.in_managers_buffer ? managers_buffer_ : buffer);
    case message::write:
    case message::write_flush:
      return write(step, send, send.in_managers_buffer ? managers_buffer_ : buffer);
    case message::seek:
      return perform(step, {&info_of(send.file), send.message, static_cast<LPARAM>(send.offset),
                            static_cast<LPARAM>(send.origin)});
    case message::rename:
      return rename(step, send);
    default:
      return other(step, send, buffer);
  }
}

bool MessageSender::send(std::uint32_t step, const Send& send) {
  partner_.reset();
  const bool needs_open = send.message != message::open && send.message != message::rename;
  if (needs_open && refused_.contains(send.file)) return trace_.append(NotSentObservation{step});
  std::int64_t bytes = 0, asked = 0;
  for (int i = 0;
       i < most_reads_until_end && bytes < most_bytes_until_end && asked < most_bytes_asked_until_end; ++i) {
    asked += buffer_size(send.count);
    std::optional<MessageObservation> seen;
    const auto perform_it = [&] { seen = send_once(step, send, buffer_); };
    if (send.thread == SentFrom::other)
      OtherThread{perform_it};
    else
      perform_it();
    if (!seen) {
      trace_.append(PrepareObservation{step, send.adopts
                                                 ? "the file cannot be opened, so that it could be adopted"
                                                 : "the adapter cannot prepare this OPEN"});
      return false;
    }
    if (send.message == message::open && seen->result != 0) refused_.insert(send.file);
    if (send.message == message::open && seen->result == 0) refused_.erase(send.file);
    note_what_is_open(send, seen->result);
    // Whoever reads and does not move would read for ever; the judge has seen enough.
    const bool moved = seen->disk_offset_after != seen->disk_offset_before;
    const bool more = send.until_end && seen->result > 0 && moved;
    bytes += seen->result;
    if (!trace_.append(std::move(*seen))) return false;
    if (!more) return true;
  }
  return true;
}

bool MessageSender::send_at_once(std::uint32_t step, const Send& send, const Send& meanwhile) {
  if (refused_.contains(send.file) || refused_.contains(meanwhile.file))
    return this->send(step, send) && this->send(step + 1, meanwhile);
  info_of(send.file);
  info_of(meanwhile.file);
  trace_.begin(step);
  trace_.set_phase("in one of two messages that were sent at once");
  std::optional<MessageObservation> first, second;
  if (partner_ == nullptr) partner_ = std::make_unique<Partner>();
  sends_at_once_ = true;
  partner_->run_at_once([&] { first = send_once(step, send, buffer_); },
                        [&] { second = send_once(step + 1, meanwhile, second_buffer_); });
  sends_at_once_ = false;
  put_back_settings(*second);
  trace_.set_phase({});
  return trace_.append(std::move(*first)) && trace_.append(std::move(*second));
}

void MessageSender::note_what_is_open(const Send& send, std::int64_t result) {
  constexpr std::uint32_t opens_nothing = MMIO_DELETE | MMIO_PARSE | MMIO_EXIST;
  if (send.message == message::close) open_.erase(send.file);
  if (send.message == message::open && result == 0 && (send.flags & opens_nothing) == 0)
    open_.insert(send.file);
}

void MessageSender::close_what_is_open() {
  partner_.reset();
  for (const std::string& file : open_) {
    trace_.set_phase("while a file that the case leaves open was closed");
    call_or_end(info_in(info_of(file)), {.message = message::close});
  }
  open_.clear();
}

bool MessageSender::take_stock(std::uint32_t step) {
  // From the first time on nothing that is held may be this object's: what closed files had is used again.
  partner_.reset();
  if (!std::exchange(takes_stock_, true)) {
    infos_.reserve(infos_.size() + most_opens_with_stock);
    for (int i = 0; i < most_opens_with_stock; ++i) spare_infos_.push_back(make_info());
  }
  const auto is_last = [&](const std::unique_ptr<GuardedBuffer>& info) {
    return std::any_of(files_.begin(), files_.end(),
                       [&](const auto& file) { return file.second == info.get(); });
  };
  const auto used = std::stable_partition(infos_.begin(), infos_.end(), is_last);
  std::move(used, infos_.end(), std::back_inserter(spare_infos_));
  infos_.erase(used, infos_.end());
  const HeldResources held = held_resources();
  return trace_.append(StockObservation{step, held.handles, held.threads, held.heap, held.mapped});
}

bool MessageSender::reload(std::uint32_t step, const ReloadInfo& reload) {
  MMIOINFO& info = info_in(info_of(reload.file));
  const MMIOINFO copy = info;
  std::memset(&info, 0xA5, sizeof info);
  info = copy;
  info.dwFlags ^= MMIO_DIRTY;
  return trace_.append(PrepareObservation{step, ""});
}

}  // namespace mmio_cts
