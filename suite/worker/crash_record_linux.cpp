#include <pthread.h>
#include <signal.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

#include "suite/worker/code_location.h"
#include "suite/worker/fixed_text.h"
#include "suite/worker/guarded_pages.h"
#include "suite/worker/process.h"

namespace mmio_cts {
namespace {

struct Caught {
  int number;
  std::string_view name;
  bool has_address;
};
constexpr Caught caught_signals[] = {{SIGSEGV, "SIGSEGV", true},  {SIGBUS, "SIGBUS", true},
                                     {SIGILL, "SIGILL", true},    {SIGFPE, "SIGFPE", true},
                                     {SIGABRT, "SIGABRT", false}, {SIGTRAP, "SIGTRAP", false},
                                     {SIGSYS, "SIGSYS", false}};

// A signal handler is told nothing but the signal.
CaseTrace* crash_trace = nullptr;
bool exits_are_recorded = false;
// The candidate has forked, and this is the new process: what it does is not what the procedure did.
bool is_forked = false;
std::array<char, 64 * 1024> alternate_stack;

const void* code_address(const void* context) {
  return reinterpret_cast<const void*>(static_cast<const ucontext_t*>(context)->uc_mcontext.gregs[REG_RIP]);
}

// What lies that close to the stack pointer is the stack, unless that has come to its end.
bool is_stack_overflow(const siginfo_t& info, const void* context) {
  constexpr std::uintptr_t close = 64 * 1024;
  const auto stack =
      static_cast<std::uintptr_t>(static_cast<const ucontext_t*>(context)->uc_mcontext.gregs[REG_RSP]);
  const auto address = reinterpret_cast<std::uintptr_t>(info.si_addr);
  return info.si_code > 0 && address > stack - close && address < stack + close;
}

bool writes(const void* context) {
  constexpr greg_t write_bit = 2;  // of the page fault's error code
  return (static_cast<const ucontext_t*>(context)->uc_mcontext.gregs[REG_ERR] & write_bit) != 0;
}

void record_and_end(int number, siginfo_t* info, void* context) {
  if (is_forked) _exit(128 + number);
  if (crash_trace == nullptr) {
    // No candidate's doing: it happens again, and ends the process.
    signal(number, SIG_DFL);
    return;
  }
  if (number == SIGSEGV && info->si_code > 0)
    crash_trace->touched(GuardedPages::find(info->si_addr, writes(context)));
  for (const Caught& signal : caught_signals) {
    if (signal.number != number) continue;
    FixedText where;
    // A signal that somebody sent has no address.
    if (signal.has_address && info->si_code > 0)
      (where << "at address ").hex(reinterpret_cast<std::uintptr_t>(info->si_addr)) << " ";
    if (const CodeLocation location = locate_code(code_address(context)); !location.module.empty())
      (where << "in " << location.module << "+").hex(location.offset);
    const bool overflows = number == SIGSEGV && is_stack_overflow(*info, context);
    crash_trace->end(EndObservation::Kind::crash, overflows ? "stack overflow" : signal.name, where.view());
  }
  // Nothing is left to be seen in a core file, and writing one takes long.
  _exit(128 + number);
}

void record_exit(std::string_view call) {
  // The code is known to who waits for the process.
  if (exits_are_recorded && !is_forked) crash_trace->end(EndObservation::Kind::exit, "", call);
}

}  // namespace

void record_exits() { exits_are_recorded = true; }

void record_kill() {
  if (crash_trace != nullptr) crash_trace->end(EndObservation::Kind::killed, "");
}

void forget_exits() { exits_are_recorded = false; }

void end_if_forked() {
  if (is_forked) _exit(0);
}

void record_crashes_in(CaseTrace& trace) {
  crash_trace = &trace;
  is_forked = false;
}

void prepare_to_record() {
  std::atexit([] { record_exit("by exit"); });
  std::at_quick_exit([] { record_exit("by quick_exit"); });
  pthread_atfork(nullptr, nullptr, [] { is_forked = true; });
  stack_t stack = {};
  stack.ss_sp = alternate_stack.data();
  stack.ss_size = alternate_stack.size();
  sigaltstack(&stack, nullptr);
  struct sigaction action = {};
  action.sa_sigaction = record_and_end;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  for (const Caught& signal : caught_signals) sigaction(signal.number, &action, nullptr);
}

}  // namespace mmio_cts
