// Procedures that end badly, whatever the message.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <thread>

#include "suite/contract/mmsystem.h"

#define PROC(name)                                                                                \
  extern "C" LRESULT CALLBACK name([[maybe_unused]] LPSTR lpmmioinfo, [[maybe_unused]] UINT uMsg, \
                                   [[maybe_unused]] LPARAM lParam1, [[maybe_unused]] LPARAM lParam2)

PROC(CrashingProc) {
  int* volatile nowhere = reinterpret_cast<int*>(0x10);
  *nowhere = 1;
  return 0;
}

PROC(RefusingProc) { return uMsg == MMIOM_OPEN ? MMIOERR_CANNOTOPEN : -1; }

PROC(AbortingProc) { std::abort(); }

PROC(ExitingProc) { std::exit(3); }

PROC(ThrowingProc) { throw std::runtime_error("no caller expects this"); }

PROC(HangingProc) {
  for (;;) std::this_thread::sleep_for(std::chrono::seconds(1));
}

PROC(PrintingProc) {
  std::printf("printed\n");
  std::fflush(stdout);
  return 0;
}

PROC(EndlessProc) {
  if (uMsg == MMIOM_READ) reinterpret_cast<MMIOINFO*>(lpmmioinfo)->lDiskOffset += 1;
  return uMsg == MMIOM_READ ? lParam2 : 0;
}

// Each call's frame is known to the next, so that none can be spared.
static LRESULT recurse(volatile char* outer) {
  volatile char frame[4096];
  frame[0] = outer[0];
  return recurse(frame) + frame[0];
}

PROC(RecursingProc) {
  volatile char first = static_cast<char>(uMsg);
  return recurse(&first);
}
