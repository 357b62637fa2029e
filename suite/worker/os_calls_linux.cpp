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
#include <iterator>
#include <new>

#include "suite/worker/os_call_filter_linux.h"
#include "suite/worker/os_calls.h"

namespace mmio_cts {
namespace {

using Arguments = std::array<std::int64_t, 6>;

constexpr int most_descriptors = 1024;
constexpr std::size_t longest_name = 64;

/// An OsCall that nothing is allocated for.
struct Record {
  OsCallKind kind;
  std::uint32_t file;
  std::int64_t offset, asked, done;
  std::int32_t status;
  std::array<char, longest_name> name;  ///< ends in a zero
};

/// In memory that processes made by fork share.
struct Recorder {
  std::atomic<bool> records = false;
  std::atomic<std::uint32_t> count = 0;
  std::atomic<std::uint32_t> opened = 0;
  std::array<std::atomic<std::uint32_t>, most_descriptors> file_of = {};
  std::array<Record, most_os_calls> calls;
};

Recorder* recorder = nullptr;

// This program's own system calls are trapped nowhere. Nothing of a library may be called in the handler.
std::int64_t perform(std::int64_t number, const Arguments& a) {
  std::int64_t result;
  register std::int64_t r10 asm("r10") = a[3];
  register std::int64_t r8 asm("r8") = a[4];
  register std::int64_t r9 asm("r9") = a[5];
  asm volatile("syscall"
               : "=a"(result)
               : "a"(number), "D"(a[0]), "S"(a[1]), "d"(a[2]), "r"(r10), "r"(r8), "r"(r9)
               : "rcx", "r11", "memory");
  return result;
}

constexpr bool is_error(std::int64_t result) { return result < 0 && result >= -4095; }

std::int64_t address(const void* pointer) { return reinterpret_cast<std::int64_t>(pointer); }

/// Bytes of this process at an address that the candidate gave: there may be none.
bool copy_from(std::int64_t from, void* to, std::size_t size) {
  const iovec local = {to, size}, remote = {reinterpret_cast<void*>(from), size};
  return perform(SYS_process_vm_readv, {perform(SYS_getpid, {}), address(&local), 1, address(&remote), 1,
                                        0}) == static_cast<std::int64_t>(size);
}

/// What a path ends in, or as much of it as there is room for. The system has read it.
void copy_name(std::int64_t path, std::array<char, longest_name>& name) {
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

/// A call that is recorded, and which of its arguments says what; -1: none.
struct Call {
  int number;
  OsCallKind kind;
  int descriptor = -1, path = -1, size = -1, offset = -1;
  bool is_vector = false;  ///< the bytes are in several parts; `size` says in how many
};

using enum OsCallKind;
constexpr std::array calls = {
    Call{SYS_open, open, -1, 0},
    Call{SYS_creat, open, -1, 0},
    Call{SYS_openat, open, -1, 1},
    Call{SYS_openat2, open, -1, 1},
    Call{SYS_close, close, 0},
    Call{SYS_read, read, 0, -1, 2},
    Call{SYS_pread64, read, 0, -1, 2, 3},
    Call{SYS_readv, read, 0, -1, 2, -1, true},
    Call{SYS_preadv, read, 0, -1, 2, 3, true},
    Call{SYS_preadv2, read, 0, -1, 2, 3, true},
    Call{SYS_write, write, 0, -1, 2},
    Call{SYS_pwrite64, write, 0, -1, 2, 3},
    Call{SYS_writev, write, 0, -1, 2, -1, true},
    Call{SYS_pwritev, write, 0, -1, 2, 3, true},
    Call{SYS_pwritev2, write, 0, -1, 2, 3, true},
    Call{SYS_sendfile, write, 0, -1, 3},
    Call{SYS_copy_file_range, write, 2, -1, 4},
    Call{SYS_lseek, seek, 0, -1, 1},
    Call{SYS_fsync, flush, 0},
    Call{SYS_fdatasync, flush, 0},
    Call{SYS_sync_file_range, flush, 0},
    Call{SYS_syncfs, flush, 0},
    Call{SYS_ftruncate, truncate, 0, -1, 1},
    Call{SYS_fallocate, truncate, 0, -1, 3},
    Call{SYS_truncate, truncate, -1, 0, 1},
    Call{SYS_rename, rename, -1, 0},
    Call{SYS_renameat, rename, -1, 1},
    Call{SYS_renameat2, rename, -1, 1},
    Call{SYS_unlink, remove, -1, 0},
    Call{SYS_unlinkat, remove, -1, 1},
    Call{SYS_mmap, map, 4, -1, 1, 5},
    Call{SYS_execve, exec},
    Call{SYS_execveat, exec},
};

/// What must be known of, but is not recorded.
constexpr std::array others = {SYS_dup, SYS_dup2, SYS_dup3, SYS_fcntl, SYS_rt_sigaction, SYS_rt_sigprocmask};

constexpr std::size_t end_of_numbers = 512;
constexpr auto row_of_number = [] {
  std::array<std::int8_t, end_of_numbers> rows;
  rows.fill(-1);
  for (std::size_t i = 0; i < calls.size(); ++i)
    rows[static_cast<std::size_t>(calls[i].number)] = static_cast<std::int8_t>(i);
  return rows;
}();

/// Code that a module is loaded from, and memory that no file is behind, is nobody's input or output.
bool is_of_interest(const Call& call, const Arguments& a) {
  return call.kind != map || ((a[3] & MAP_ANONYMOUS) == 0 && (a[2] & PROT_EXEC) == 0);
}

/// A place for what is recorded of a call that is about to be made; none if nothing is, or there is no room.
Record* begin(const Call& call, const Arguments& a) {
  if (!recorder->records || !is_of_interest(call, a)) return nullptr;
  const std::uint32_t at = recorder->count++;
  if (at >= recorder->calls.size()) return nullptr;
  Record& record = recorder->calls[at];
  record = {call.kind, call.descriptor < 0 ? 0 : number_at(a[call.descriptor]), -1, 0, 0, 0, {}};
  if (call.offset >= 0) record.offset = a[call.offset];
  const bool is_at_position = call.kind == read || call.kind == write || call.kind == seek;
  if (is_at_position && record.offset < 0) record.offset = position_of(a[call.descriptor]);
  if (call.size >= 0 && !call.is_vector) record.asked = a[call.size];
  return &record;
}

/// What the system has to have read is looked at only now: the candidate may have given any address.
void finish(const Call& call, const Arguments& a, std::int64_t result, Record& record) {
  const bool counts = call.kind == read || call.kind == write || call.kind == seek;
  if (is_error(result))
    record.status = static_cast<std::int32_t>(-result);
  else if (counts)
    record.done = result;
  if (call.kind == open && record.status == 0) record.file = number_at(result);
  if (call.path >= 0 && record.status != EFAULT) copy_name(a[call.path], record.name);
  const bool has_read_parts = record.status != EFAULT && record.status != EBADF && record.status != EINVAL;
  if (call.is_vector && has_read_parts) record.asked = size_of(a[1], a[call.size]);
}

std::int64_t observe(const Call& call, const Arguments& a) {
  Record* record = begin(call, a);
  // Before: another thread may get the same descriptor for the next file at once.
  if (call.kind == close) set_number_at(a[call.descriptor], 0);
  const std::int64_t result = perform(call.number, a);
  if (call.kind == open && !is_error(result))
    set_number_at(result, recorder->records ? ++recorder->opened : 0);
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
  const int row = number >= 0 && number < static_cast<std::int64_t>(end_of_numbers)
                      ? row_of_number[static_cast<std::size_t>(number)]
                      : -1;
  if (row >= 0) return observe(calls[static_cast<std::size_t>(row)], a);
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

OsCall call_from(const Record& record) {
  return {record.kind, record.file,   record.offset,     record.asked,
          record.done, record.status, record.name.data()};
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
  std::array<int, calls.size() + others.size()> numbers;
  const auto rest = std::transform(calls.begin(), calls.end(), numbers.begin(),
                                   [](const Call& call) { return call.number; });
  std::copy(others.begin(), others.end(), rest);
  if (sigaction(SIGSYS, &action, nullptr) != 0 || sigprocmask(SIG_UNBLOCK, &sigsys, nullptr) != 0 ||
      !trap_system_calls(numbers))
    return std::string("this system does not let system calls be observed: ") + std::strerror(errno);
  return "";
}

void record_os_calls() {
  if (recorder == nullptr) return;
  recorder->count = 0;
  recorder->records = true;
}

std::pair<std::vector<OsCall>, std::uint64_t> take_os_calls() {
  std::vector<OsCall> taken;
  if (recorder == nullptr) return {};
  recorder->records = false;
  const std::size_t count = recorder->count, kept = std::min(count, recorder->calls.size());
  std::transform(recorder->calls.begin(), recorder->calls.begin() + static_cast<std::ptrdiff_t>(kept),
                 std::back_inserter(taken), call_from);
  return {std::move(taken), count - kept};
}

}  // namespace mmio_cts
