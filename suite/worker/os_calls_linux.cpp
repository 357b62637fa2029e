#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstring>
#include <new>
#include <optional>

#include "suite/worker/os_call_filter_linux.h"
#include "suite/worker/os_call_recorder.h"
#include "suite/worker/os_call_table_linux.h"
#include "suite/worker/os_calls.h"
#include "suite/worker/process.h"
#include "suite/worker/raw_call_linux.h"

namespace mmio_cts {
namespace {

constexpr int most_descriptors = 1024;

/// In memory that processes made by fork share.
struct Recorder : OsCallRecorder {
  std::array<std::atomic<std::uint32_t>, most_descriptors> file_of = {};
};

using enum OsCallKind;

Recorder* recorder = nullptr;

/// What a path ends in, or as much of it as there is room for. The system has read it.
void copy_name(std::int64_t path, std::array<char, longest_os_call_name>& name) {
  const auto* text = reinterpret_cast<const char*>(path);
  std::size_t length = 0;
  for (int i = 0; i < PATH_MAX && text[i] != 0; ++i)
    if (text[i] == '/')
      length = 0;
    else if (length < name.size() - 1)
      name[length++] = text[i];
  name[length] = 0;
}

/// Bytes of all parts. The system has read them.
std::int64_t size_of(std::int64_t parts, std::int64_t count) {
  std::int64_t size = 0;
  for (std::int64_t i = 0; i < count; ++i)
    size += static_cast<std::int64_t>(reinterpret_cast<const iovec*>(parts)[i].iov_len);
  return size;
}

std::int64_t position_of(std::int64_t descriptor) {
  const std::int64_t position = perform(SYS_lseek, {descriptor, 0, SEEK_CUR});
  return is_error(position) ? -1 : position;
}

std::atomic<std::uint32_t>* file_at(std::int64_t descriptor) {
  return descriptor >= 0 && descriptor < most_descriptors
             ? &recorder->file_of[static_cast<std::size_t>(descriptor)]
             : nullptr;
}
std::uint32_t number_at(std::int64_t descriptor) {
  const auto* file = file_at(descriptor);
  return file != nullptr ? file->load() : 0;
}
void set_number_at(std::int64_t descriptor, std::uint32_t number) {
  if (auto* file = file_at(descriptor)) file->store(number);
}

/// Code that a module is loaded from, and memory that no file is behind, is nobody's input or output.
bool is_of_interest(const WatchedCall& call, const Arguments& a) {
  return call.kind != map || ((a[3] & MAP_ANONYMOUS) == 0 && (a[2] & PROT_EXEC) == 0);
}

/// Whether it has a place in the file, and its result is a number of bytes.
bool is_at_position(const WatchedCall& call) {
  return call.kind == read || call.kind == write || call.kind == seek;
}

/// A place for what is recorded of a call that is about to be made; none if nothing is recorded.
OsCallRecord* begin(const WatchedCall& call, const Arguments& a, OsCallRecord& spare) {
  if (!recorder->is_recording() || !is_of_interest(call, a)) return nullptr;
  OsCallRecord& record = recorder->next(spare);
  record = {.kind = call.kind, .file = call.descriptor < 0 ? 0 : number_at(a[call.descriptor])};
  if (call.offset >= 0) record.offset = a[call.offset];
  if (is_at_position(call) && record.offset < 0) record.offset = position_of(a[call.descriptor]);
  if (call.size >= 0 && !call.is_vector) record.asked = a[call.size];
  return &record;
}

/// What the system has to have read is looked at only now: the candidate may have given any address.
void finish(const WatchedCall& call, const Arguments& a, std::int64_t result, OsCallRecord& record) {
  if (is_error(result))
    record.status = static_cast<std::int32_t>(-result);
  else if (is_at_position(call))
    record.done = result;
  if (call.kind == open && record.status == 0) record.file = number_at(result);
  // A call that was not made has read nothing.
  const bool was_made = !record.injected || record.status == 0;
  if (call.path >= 0 && was_made && record.status != EFAULT) copy_name(a[call.path], record.name);
  const bool has_read_parts = record.status != EFAULT && record.status != EBADF && record.status != EINVAL;
  if (call.is_vector && was_made && has_read_parts) record.asked = size_of(a[1], a[call.size]);
}

/// Whether it asks for more bytes than these.
bool asks_for_more(const WatchedCall& call, const Arguments& a, std::int64_t bytes) {
  if (!call.is_vector) return a[call.size] > bytes;
  iovec first;
  return copy_from(a[1], &first, sizeof first) && size_of(a[1], a[call.size]) > bytes;
}

/// Whether this call is to fail. What is short already cannot be made so.
bool is_due(const WatchedCall& call, const Arguments& a, const OsCallRecord& record) {
  if (!recorder->could_meet(call.kind, record.file, call.descriptor < 0)) return false;
  const Fault& fault = *recorder->fault();
  if (fault.kind == FaultKind::short_transfer && !asks_for_more(call, a, fault.amount)) return false;
  return recorder->is_due();
}

int error_of(FaultKind kind) {
  switch (kind) {
    case FaultKind::disk_full:
      return ENOSPC;
    case FaultKind::access_denied:
      return EACCES;
    case FaultKind::sharing_violation:
      return EBUSY;
    case FaultKind::too_many_open_files:
      return EMFILE;
    case FaultKind::network_error:
      return ENETDOWN;
    case FaultKind::interrupted:
      return EINTR;
    default:
      return EIO;
  }
}

/// `most` bytes of what is asked for, which is more.
std::int64_t transfer_less(const WatchedCall& call, Arguments a, std::int64_t most) {
  iovec first;
  if (call.is_vector) {
    copy_from(a[1], &first, sizeof first);
    first.iov_len = std::min(first.iov_len, static_cast<std::size_t>(most));
    a[1] = address(&first);
    a[call.size] = 1;
  } else {
    a[call.size] = most;
  }
  return perform(call.number, a);
}

std::int64_t perform_with_fault(const WatchedCall& call, const Arguments& a, const Fault& fault,
                                OsCallRecord& record) {
  record.injected = true;
  if (fault.kind == FaultKind::killed) {
    perform(call.number, a);
    record_kill();
    perform(SYS_kill, {perform(SYS_getpid, {}), SIGKILL});
  }
  if (fault.kind == FaultKind::short_transfer) return transfer_less(call, a, fault.amount);
  if (fault.kind == FaultKind::delay) {
    const timespec time = {fault.amount / 1000, fault.amount % 1000 * 1'000'000};
    perform(SYS_nanosleep, {address(&time)});
    return perform(call.number, a);
  }
  if (call.kind == close) perform(call.number, a);
  return -error_of(fault.kind);
}

std::int64_t observe(const WatchedCall& call, const Arguments& a) {
  OsCallRecord spare;
  OsCallRecord* record = begin(call, a, spare);
  const bool fails = record != nullptr && is_due(call, a, *record);
  // Before: another thread may get the same descriptor for the next file at once.
  if (call.kind == close) set_number_at(a[call.descriptor], 0);
  const std::int64_t result =
      fails ? perform_with_fault(call, a, *recorder->fault(), *record) : perform(call.number, a);
  if (call.kind == open && !is_error(result)) set_number_at(result, recorder->next_file());
  if (record != nullptr) finish(call, a, result, *record);
  return result;
}

std::int64_t duplicate(std::int64_t number, const Arguments& a) {
  const std::int64_t descriptor = perform(number, a);
  const bool is_duplicate = number != SYS_fcntl || a[1] == F_DUPFD || a[1] == F_DUPFD_CLOEXEC;
  if (is_duplicate && !is_error(descriptor)) set_number_at(descriptor, number_at(a[0]));
  return descriptor;
}

/// What the system takes for a signal's action.
struct Action {
  void* handler;
  unsigned long flags;
  void* restorer;
  std::uint64_t mask;
};
constexpr std::uint64_t bit_of_sigsys = std::uint64_t{1} << (SIGSYS - 1);

/// A trapped call is the end of a process where SIGSYS is blocked, or has another handler.
std::int64_t set_action(const Arguments& a) {
  Action action;
  if (a[1] == 0 || !copy_from(a[1], &action, sizeof action)) return perform(SYS_rt_sigaction, a);
  if (a[0] == SIGSYS) return perform(SYS_rt_sigaction, {a[0], 0, a[2], a[3]});
  action.mask &= ~bit_of_sigsys;
  return perform(SYS_rt_sigaction, {a[0], address(&action), a[2], a[3]});
}

/// The mask that counts is the one that the end of the handler puts back.
std::int64_t set_mask(const Arguments& a, ucontext_t& context) {
  const std::int64_t result = perform(SYS_rt_sigprocmask, a);
  std::uint64_t mask = 0;
  perform(SYS_rt_sigprocmask, {SIG_BLOCK, 0, address(&mask), sizeof mask});
  mask &= ~bit_of_sigsys;
  __builtin_memcpy(&context.uc_sigmask, &mask, sizeof mask);
  return result;
}

std::int64_t answer(std::int64_t number, const Arguments& a, ucontext_t& context) {
  const int row = number >= 0 && number < static_cast<std::int64_t>(end_of_call_numbers)
                      ? row_of_call[static_cast<std::size_t>(number)]
                      : -1;
  if (row >= 0) return observe(watched_calls[static_cast<std::size_t>(row)], a);
  if (number == SYS_rt_sigaction) return set_action(a);
  if (number == SYS_rt_sigprocmask) return set_mask(a, context);
  return duplicate(number, a);
}

void on_trap(int, siginfo_t* info, void* data) {
  auto& context = *static_cast<ucontext_t*>(data);
  auto& registers = context.uc_mcontext.gregs;
  const Arguments a = {registers[REG_RDI], registers[REG_RSI], registers[REG_RDX],
                       registers[REG_R10], registers[REG_R8],  registers[REG_R9]};
  registers[REG_RAX] = answer(info->si_syscall, a, context);
}

}  // namespace

std::string watch_os_calls() {
  if (recorder == nullptr) {
    void* shared = mmap(nullptr, sizeof(Recorder), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) return "no memory for what the procedure asks of the system";
    recorder = new (shared) Recorder;
  }
  // Not on another stack: that is for a candidate that has none left. A trap may come within a trap's call,
  // when another signal's handler makes it.
  struct sigaction action = {};
  action.sa_sigaction = on_trap;
  action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_RESTART;
  sigset_t sigsys;
  sigemptyset(&sigsys);
  sigaddset(&sigsys, SIGSYS);
  std::array<int, watched_calls.size() + calls_known_of.size()> numbers;
  const auto rest = std::transform(watched_calls.begin(), watched_calls.end(), numbers.begin(),
                                   [](const WatchedCall& call) { return call.number; });
  std::copy(calls_known_of.begin(), calls_known_of.end(), rest);
  if (sigaction(SIGSYS, &action, nullptr) != 0 || sigprocmask(SIG_UNBLOCK, &sigsys, nullptr) != 0 ||
      !trap_system_calls(numbers))
    return std::string("this system does not let system calls be observed: ") + std::strerror(errno);
  return "";
}

void record_os_calls() {
  if (recorder != nullptr) recorder->begin();
}

std::string inject_fault(const std::optional<Fault>& fault) {
  if (recorder != nullptr) recorder->set(fault);
  return "";
}

std::pair<std::vector<OsCall>, std::uint64_t> take_os_calls() {
  return recorder == nullptr ? decltype(recorder->take()){} : recorder->take();
}

}  // namespace mmio_cts
