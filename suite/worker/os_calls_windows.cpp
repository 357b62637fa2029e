#include <windows.h>
#include <winternl.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>

#include "suite/worker/os_call_recorder.h"
#include "suite/worker/os_calls.h"
#include "suite/worker/process.h"
#include "suite/worker/system_stub_windows.h"

namespace mmio_cts {
namespace {

using enum OsCallKind;

constexpr std::size_t most_handles = 4096;  // numbers are multiples of 4
constexpr NTSTATUS end_of_file = static_cast<NTSTATUS>(0xC0000011);
constexpr NTSTATUS pending = 0x103;

// Of FILE_INFORMATION_CLASS; those of winternl.h are named otherwise.
enum InformationClass {
  rename_information = 10,
  disposition_information = 13,
  position_information = 14,
  allocation_information = 19,
  end_of_file_information = 20,
  disposition_information_ex = 64,
  rename_information_ex = 65,
};

OsCallRecorder recorder;
std::array<std::atomic<std::uint32_t>, most_handles> file_of;

std::atomic<std::uint32_t>* file_at(HANDLE handle) {
  const auto index = reinterpret_cast<std::uintptr_t>(handle) / 4;
  return index < file_of.size() ? &file_of[index] : nullptr;
}
std::uint32_t number_at(HANDLE handle) {
  const auto* file = file_at(handle);
  return file != nullptr ? file->load() : 0;
}
void set_number_at(HANDLE handle, std::uint32_t number) {
  if (auto* file = file_at(handle)) file->store(number);
}

// The functions of ntdll that are watched, as they are without us.
struct {
  decltype(&NtCreateFile) create_file;
  decltype(&NtOpenFile) open_file;
  NTSTATUS(NTAPI* close)(HANDLE);
  NTSTATUS(NTAPI* read_file)
  (HANDLE, HANDLE, PVOID, PVOID, IO_STATUS_BLOCK*, PVOID, ULONG, LARGE_INTEGER*, ULONG*);
  NTSTATUS(NTAPI* write_file)
  (HANDLE, HANDLE, PVOID, PVOID, IO_STATUS_BLOCK*, PVOID, ULONG, LARGE_INTEGER*, ULONG*);
  NTSTATUS(NTAPI* set_information)(HANDLE, IO_STATUS_BLOCK*, PVOID, ULONG, ULONG);
  NTSTATUS(NTAPI* flush)(HANDLE, IO_STATUS_BLOCK*);
  NTSTATUS(NTAPI* duplicate)(HANDLE, HANDLE, HANDLE, HANDLE*, ACCESS_MASK, ULONG, ULONG);
  NTSTATUS(NTAPI* create_section)(HANDLE*, ACCESS_MASK, PVOID, LARGE_INTEGER*, ULONG, ULONG, HANDLE);
  NTSTATUS(NTAPI* delete_file)(OBJECT_ATTRIBUTES*);
} system_calls;

NTSTATUS status_of(FaultKind kind) {
  const auto status = [&]() -> std::uint32_t {
    switch (kind) {
      case FaultKind::disk_full:
        return 0xC000007F;
      case FaultKind::access_denied:
        return 0xC0000022;
      case FaultKind::sharing_violation:
        return 0xC0000043;
      case FaultKind::too_many_open_files:
        return 0xC000011F;
      case FaultKind::network_error:
        return 0xC00000C9;  // the name was deleted
      default:
        return 0xC0000185;  // of the device
    }
  }();
  return static_cast<NTSTATUS>(status);
}

/// What a path ends in, as far as it is ASCII. The system has read it.
void copy_name(const wchar_t* path, std::size_t bytes, std::array<char, longest_os_call_name>& name) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < bytes / sizeof(wchar_t); ++i)
    if (path[i] == L'\\' || path[i] == L'/')
      length = 0;
    else if (length < name.size() - 1)
      name[length++] = path[i] < 0x80 ? static_cast<char>(path[i]) : '?';
  name[length] = 0;
}

std::int64_t position_of(HANDLE handle) {
  FILE_POSITION_INFORMATION position = {};
  IO_STATUS_BLOCK block;
  constexpr auto information = static_cast<FILE_INFORMATION_CLASS>(position_information);
  return NtQueryInformationFile(handle, &block, &position, sizeof position, information) == 0
             ? position.CurrentByteOffset.QuadPart
             : -1;
}

/// One call on its way to the system: recorded, and made to fail if it is its turn.
class Watched {
 public:
  Watched(OsCallKind kind, HANDLE handle, bool names_its_file)
      : kind_(kind), names_its_file_(names_its_file) {
    if (!recorder.is_recording()) return;
    record_ = &recorder.next(spare_);
    *record_ = {.kind = kind, .file = names_its_file ? 0 : number_at(handle)};
  }

  OsCallRecord* record() { return record_; }

  /// `make` makes the call; of a read or write with so many bytes, `size`.
  template <typename Make>
  NTSTATUS perform(ULONG size, Make make) {
    const NTSTATUS status = meets_fault(size) ? perform_with_fault(size, make) : make(size);
    if (record_ != nullptr && status < 0 && status != end_of_file) record_->status = status;
    return status;
  }

 private:
  bool meets_fault(ULONG size) {
    if (record_ == nullptr || !recorder.could_meet(kind_, record_->file, names_its_file_)) return false;
    const Fault& fault = *recorder.fault();
    return (fault.kind != FaultKind::short_transfer || size > fault.amount) && recorder.is_due();
  }

  template <typename Make>
  NTSTATUS perform_with_fault(ULONG size, Make make) {
    const Fault& fault = *recorder.fault();
    record_->injected = true;
    switch (fault.kind) {
      case FaultKind::short_transfer:
        return make(static_cast<ULONG>(fault.amount));
      case FaultKind::delay:
        Sleep(static_cast<DWORD>(fault.amount));
        return make(size);
      case FaultKind::killed:
        make(size);
        record_kill();
        TerminateProcess(GetCurrentProcess(), 1);
        break;
      default:
        break;
    }
    if (kind_ == close) make(size);
    return status_of(fault.kind);
  }

  OsCallKind kind_;
  bool names_its_file_;
  OsCallRecord spare_;
  OsCallRecord* record_ = nullptr;
};

/// A file that is only looked at, renamed or deleted is not opened in the sense of a case.
bool wants_data(ACCESS_MASK access) {
  return (access & (FILE_READ_DATA | FILE_WRITE_DATA | FILE_APPEND_DATA | GENERIC_READ | GENERIC_WRITE |
                    GENERIC_EXECUTE | GENERIC_ALL)) != 0;
}

/// NtCreateFile and NtOpenFile. `opens` opens.
template <typename Open>
NTSTATUS watch_open(HANDLE* handle, ACCESS_MASK access, OBJECT_ATTRIBUTES* attributes, ULONG options,
                    Open opens) {
  const bool removes = (options & FILE_DELETE_ON_CLOSE) != 0;
  if (!recorder.is_recording() || (!removes && !wants_data(access))) return opens();
  Watched call(removes ? remove : open, nullptr, true);
  const NTSTATUS status = call.perform(0, [&](ULONG) { return opens(); });
  OsCallRecord& record = *call.record();
  // A call that was not made has read nothing.
  const bool was_read = status >= 0 || !record.injected;
  if (was_read && attributes != nullptr && attributes->ObjectName != nullptr)
    copy_name(attributes->ObjectName->Buffer, attributes->ObjectName->Length, record.name);
  if (status < 0) return status;
  const std::uint32_t number = removes ? 0 : recorder.next_file();
  set_number_at(*handle, number);
  record.file = number;
  return status;
}

NTSTATUS NTAPI create_file(HANDLE* handle, ACCESS_MASK access, OBJECT_ATTRIBUTES* attributes,
                           IO_STATUS_BLOCK* block, LARGE_INTEGER* size, ULONG file_attributes, ULONG sharing,
                           ULONG disposition, ULONG options, PVOID extended, ULONG length) {
  return watch_open(handle, access, attributes, options, [&] {
    return system_calls.create_file(handle, access, attributes, block, size, file_attributes, sharing,
                                    disposition, options, extended, length);
  });
}

NTSTATUS NTAPI open_file(HANDLE* handle, ACCESS_MASK access, OBJECT_ATTRIBUTES* attributes,
                         IO_STATUS_BLOCK* block, ULONG sharing, ULONG options) {
  return watch_open(handle, access, attributes, options, [&] {
    return system_calls.open_file(handle, access, attributes, block, sharing, options);
  });
}

NTSTATUS NTAPI close_handle(HANDLE handle) {
  const std::uint32_t number = number_at(handle);
  if (number == 0) return system_calls.close(handle);
  Watched call(close, handle, false);
  // Before: another thread may get the same handle for the next file at once.
  set_number_at(handle, 0);
  return call.perform(0, [&](ULONG) { return system_calls.close(handle); });
}

/// NtReadFile and NtWriteFile. `transfers` transfers so many bytes.
template <typename Transfer>
NTSTATUS watch_transfer(OsCallKind kind, HANDLE handle, IO_STATUS_BLOCK* block, ULONG size,
                        const LARGE_INTEGER* place, Transfer transfers) {
  if (!recorder.is_recording()) return transfers(size);
  Watched call(kind, handle, false);
  OsCallRecord& record = *call.record();
  record.asked = size;
  if (place == nullptr && record.file != 0) record.offset = position_of(handle);
  const NTSTATUS status = call.perform(size, transfers);
  if (status < 0) return status;
  if (place != nullptr && place->QuadPart >= 0) record.offset = place->QuadPart;
  if (status != pending) record.done = static_cast<std::int64_t>(block->Information);
  return status;
}

NTSTATUS NTAPI read_file(HANDLE handle, HANDLE event, PVOID apc, PVOID context, IO_STATUS_BLOCK* block,
                         PVOID data, ULONG size, LARGE_INTEGER* place, ULONG* key) {
  return watch_transfer(read, handle, block, size, place, [&](ULONG bytes) {
    return system_calls.read_file(handle, event, apc, context, block, data, bytes, place, key);
  });
}

NTSTATUS NTAPI write_file(HANDLE handle, HANDLE event, PVOID apc, PVOID context, IO_STATUS_BLOCK* block,
                          PVOID data, ULONG size, LARGE_INTEGER* place, ULONG* key) {
  return watch_transfer(write, handle, block, size, place, [&](ULONG bytes) {
    return system_calls.write_file(handle, event, apc, context, block, data, bytes, place, key);
  });
}

std::optional<OsCallKind> kind_of(ULONG information) {
  switch (information) {
    case position_information:
      return seek;
    case allocation_information:
    case end_of_file_information:
      return truncate;
    case rename_information:
    case rename_information_ex:
      return rename;
    case disposition_information:
    case disposition_information_ex:
      return remove;
    default:
      return std::nullopt;
  }
}

NTSTATUS NTAPI set_information(HANDLE handle, IO_STATUS_BLOCK* block, PVOID data, ULONG size,
                               ULONG information) {
  const auto kind = recorder.is_recording() ? kind_of(information) : std::nullopt;
  if (!kind) return system_calls.set_information(handle, block, data, size, information);
  Watched call(*kind, handle, *kind == rename || *kind == remove);
  OsCallRecord& record = *call.record();
  if (*kind == seek) record.offset = position_of(handle);
  const NTSTATUS status = call.perform(
      0, [&](ULONG) { return system_calls.set_information(handle, block, data, size, information); });
  if (status < 0 || (*kind != seek && *kind != truncate)) return status;
  LARGE_INTEGER value;
  std::memcpy(&value, data, sizeof value);
  record.asked = value.QuadPart;
  if (*kind == seek) record.done = value.QuadPart;
  return status;
}

NTSTATUS NTAPI flush_buffers(HANDLE handle, IO_STATUS_BLOCK* block) {
  Watched call(flush, handle, false);
  return call.perform(0, [&](ULONG) { return system_calls.flush(handle, block); });
}

NTSTATUS NTAPI duplicate(HANDLE from_process, HANDLE handle, HANDLE to_process, HANDLE* copy,
                         ACCESS_MASK access, ULONG attributes, ULONG options) {
  const bool is_ours = from_process == GetCurrentProcess();
  const std::uint32_t number = is_ours ? number_at(handle) : 0;
  const NTSTATUS status =
      system_calls.duplicate(from_process, handle, to_process, copy, access, attributes, options);
  if (status < 0 || !is_ours) return status;
  if ((options & DUPLICATE_CLOSE_SOURCE) != 0) set_number_at(handle, 0);
  if (to_process == GetCurrentProcess() && copy != nullptr) set_number_at(*copy, number);
  return status;
}

NTSTATUS NTAPI create_section(HANDLE* section, ACCESS_MASK access, PVOID attributes, LARGE_INTEGER* size,
                              ULONG protection, ULONG options, HANDLE file) {
  const auto create = [&](ULONG) {
    return system_calls.create_section(section, access, attributes, size, protection, options, file);
  };
  // Code that a module is loaded from, and memory that no file is behind, is nobody's input or output.
  if (file == nullptr || (options & SEC_IMAGE) != 0) return create(0);
  Watched call(map, file, false);
  return call.perform(0, create);
}

NTSTATUS NTAPI delete_file(OBJECT_ATTRIBUTES* attributes) {
  Watched call(remove, nullptr, true);
  return call.perform(0, [&](ULONG) { return system_calls.delete_file(attributes); });
}

std::string redirect_all() {
  const auto redirect = [](const char* name, auto function, auto& original) {
    return redirect_system_call(name, reinterpret_cast<void*>(function), reinterpret_cast<void**>(&original));
  };
  for (const std::string& failed :
       {redirect("NtCreateFile", create_file, system_calls.create_file),
        redirect("NtOpenFile", open_file, system_calls.open_file),
        redirect("NtClose", close_handle, system_calls.close),
        redirect("NtReadFile", read_file, system_calls.read_file),
        redirect("NtWriteFile", write_file, system_calls.write_file),
        redirect("NtSetInformationFile", set_information, system_calls.set_information),
        redirect("NtFlushBuffersFile", flush_buffers, system_calls.flush),
        redirect("NtDuplicateObject", duplicate, system_calls.duplicate),
        redirect("NtCreateSection", create_section, system_calls.create_section),
        redirect("NtDeleteFile", delete_file, system_calls.delete_file)})
    if (!failed.empty()) return failed;
  return "";
}

}  // namespace

std::string watch_os_calls() {
  // Once for all cases of the process: while nothing is recorded they do nothing but look whether it is.
  static const std::string failed = redirect_all();
  recorder.forget_files();
  for (auto& file : file_of) file = 0;
  return failed;
}

void record_os_calls() { recorder.begin(); }

std::string inject_fault(const std::optional<Fault>& fault) {
  recorder.set(std::nullopt);
  if (fault && fault->kind == FaultKind::interrupted) return "no call of Windows is interrupted by a signal";
  // SetFilePointer does not look: whoever calls it goes on at the old place without a word.
  if (fault && fault->on == seek && fault->kind != FaultKind::delay)
    return "Windows tells nobody that a seek has failed";
  recorder.set(fault);
  return "";
}

std::pair<std::vector<OsCall>, std::uint64_t> take_os_calls() { return recorder.take(); }

}  // namespace mmio_cts
