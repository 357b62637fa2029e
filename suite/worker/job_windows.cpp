#include "suite/worker/job_windows.h"

#include <windows.h>

#include <array>

namespace mmio_cts {
namespace {

HANDLE job = nullptr;

/// A JOBOBJECT_BASIC_PROCESS_ID_LIST, which by itself has room for one.
struct ProcessList {
  DWORD assigned = 0;
  DWORD listed = 0;
  std::array<ULONG_PTR, 64> ids = {};
};

/// Whether there may be more.
bool end_listed() {
  ProcessList list;
  const bool all = QueryInformationJobObject(job, JobObjectBasicProcessIdList, &list, sizeof list, nullptr);
  if (!all && GetLastError() != ERROR_MORE_DATA) return false;
  for (DWORD i = 0; i < list.listed && i < list.ids.size(); ++i) {
    const auto id = static_cast<DWORD>(list.ids[i]);
    if (id == GetCurrentProcessId()) continue;
    const HANDLE process = OpenProcess(PROCESS_TERMINATE | SYNCHRONIZE, FALSE, id);
    if (process == nullptr) continue;
    // By now the id may be somebody else's; that of an open process may not.
    BOOL is_listed = FALSE;
    constexpr DWORD longest = 1000;  // ms
    if (IsProcessInJob(process, job, &is_listed) && is_listed) {
      TerminateProcess(process, 1);
      WaitForSingleObject(process, longest);
    }
    CloseHandle(process);
  }
  return !all || list.listed > 1;
}

}  // namespace

void confine_children() {
  job = CreateJobObjectW(nullptr, nullptr);
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {};
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
  SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
  AssignProcessToJobObject(job, GetCurrentProcess());
  // Whoever closed it would end the worker.
  SetHandleInformation(job, HANDLE_FLAG_PROTECT_FROM_CLOSE, HANDLE_FLAG_PROTECT_FROM_CLOSE);
}

void end_children() {
  // One that starts others may do so between two looks.
  constexpr int most_looks = 100;
  for (int i = 0; i < most_looks && end_listed(); ++i) {
  }
}

}  // namespace mmio_cts
