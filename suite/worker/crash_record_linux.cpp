#include <signal.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

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
std::array<char, 64 * 1024> alternate_stack;

std::string_view describe_address(const void* address, std::array<char, 64>& text) {
  constexpr std::string_view before = "at address 0x";
  char* at = std::copy(before.begin(), before.end(), text.data());
  at = std::to_chars(at, text.data() + text.size(), reinterpret_cast<std::uintptr_t>(address), 16).ptr;
  return {text.data(), static_cast<std::size_t>(at - text.data())};
}

bool writes(const void* context) {
  constexpr greg_t write_bit = 2;  // of the page fault's error code
  return (static_cast<const ucontext_t*>(context)->uc_mcontext.gregs[REG_ERR] & write_bit) != 0;
}

void record_and_end(int number, siginfo_t* info, void* context) {
  if (number == SIGSEGV && info->si_code > 0)
    crash_trace->touched(GuardedPages::find(info->si_addr, writes(context)));
  for (const Caught& signal : caught_signals) {
    if (signal.number != number) continue;
    std::array<char, 64> text;
    // A signal that somebody sent has no address.
    const bool has_address = signal.has_address && info->si_code > 0;
    crash_trace->end(EndObservation::Kind::crash, signal.name,
                     has_address ? describe_address(info->si_addr, text) : std::string_view());
  }
  // Nothing is left to be seen in a core file, and writing one takes long.
  _exit(128 + number);
}

}  // namespace

void record_crashes_in(CaseTrace& trace) {
  crash_trace = &trace;
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
