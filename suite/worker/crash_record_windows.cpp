#include <signal.h>
#include <windows.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "suite/worker/code_location.h"
#include "suite/worker/fixed_text.h"
#include "suite/worker/guarded_pages.h"
#include "suite/worker/process.h"

namespace mmio_cts {
namespace {

struct NamedException {
  DWORD code;
  std::string_view name;
};
constexpr NamedException named_exceptions[] = {
    {EXCEPTION_ACCESS_VIOLATION, "access violation"},
    {EXCEPTION_IN_PAGE_ERROR, "page error"},
    {EXCEPTION_STACK_OVERFLOW, "stack overflow"},
    {EXCEPTION_ILLEGAL_INSTRUCTION, "illegal instruction"},
    {EXCEPTION_PRIV_INSTRUCTION, "privileged instruction"},
    {EXCEPTION_INT_DIVIDE_BY_ZERO, "integer division by zero"},
    {EXCEPTION_INT_OVERFLOW, "integer overflow"},
    {EXCEPTION_DATATYPE_MISALIGNMENT, "misaligned access"},
    {EXCEPTION_BREAKPOINT, "breakpoint"},
    {0xE06D7363, "C++ exception"},  // of Microsoft's compiler
    {0x20474343, "C++ exception"},  // of gcc
    {0xC0000374, "heap corruption"},
};

// An exception filter is told nothing but the exception.
CaseTrace* crash_trace = nullptr;
bool exits_are_recorded = false;

std::string_view access_name(ULONG_PTR kind) {
  return kind == 0 ? "reading " : kind == 1 ? "writing " : "executing ";
}

LONG WINAPI record_and_end(EXCEPTION_POINTERS* pointers) {
  const EXCEPTION_RECORD& record = *pointers->ExceptionRecord;
  FixedText what, where;
  const auto* named = std::find_if(std::begin(named_exceptions), std::end(named_exceptions),
                                   [&](const NamedException& n) { return n.code == record.ExceptionCode; });
  if (named != std::end(named_exceptions))
    what << named->name;
  else
    (what << "exception ").hex(record.ExceptionCode, true);
  if (record.ExceptionCode == EXCEPTION_ACCESS_VIOLATION && record.NumberParameters >= 2) {
    crash_trace->touched(GuardedPages::find(reinterpret_cast<const void*>(record.ExceptionInformation[1]),
                                            record.ExceptionInformation[0] == 1));
    (where << access_name(record.ExceptionInformation[0])).hex(record.ExceptionInformation[1]) << " ";
  }
  if (const CodeLocation code = locate_code(record.ExceptionAddress); !code.module.empty())
    (where << "in " << code.module << "+").hex(code.offset) << " ";
  (where << "(exception ").hex(record.ExceptionCode, true) << ")";
  crash_trace->end(EndObservation::Kind::crash, what.view(), where.view());
  end_process_at_once(static_cast<int>(record.ExceptionCode));
}

void record_abort(int) {
  crash_trace->end(EndObservation::Kind::crash, "SIGABRT");
  end_process_at_once(3);
}

void record_exit(std::string_view call) {
  // The code is known to who waits for the process.
  if (exits_are_recorded) crash_trace->end(EndObservation::Kind::exit, "", call);
}

// The loader calls it as the process ends by ExitProcess; not at TerminateProcess, which asks nobody.
void NTAPI on_detach(void*, DWORD reason, void*) {
  if (reason == DLL_PROCESS_DETACH) record_exit("by ExitProcess");
}

}  // namespace

// Between the symbols of the C run time by which the linker orders such callbacks.
extern "C" [[gnu::section(".CRT$XLF"), gnu::used]] const PIMAGE_TLS_CALLBACK mmio_cts_on_detach = on_detach;

void record_exits() {
  exits_are_recorded = true;
  static const int registered = std::atexit([] { record_exit("by exit"); });
  static_cast<void>(registered);
}

void record_kill() {
  if (crash_trace != nullptr) crash_trace->end(EndObservation::Kind::killed, "");
}

void forget_exits() { exits_are_recorded = false; }

void end_if_forked() {}

void prepare_to_record() {}

void record_crashes_in(CaseTrace& trace) {
  crash_trace = &trace;
  // For each case again: an earlier candidate may have put its own in their place.
  SetUnhandledExceptionFilter(record_and_end);
  signal(SIGABRT, record_abort);
  ULONG room_after_stack_overflow = 64 * 1024;
  SetThreadStackGuarantee(&room_after_stack_overflow);
}

}  // namespace mmio_cts
