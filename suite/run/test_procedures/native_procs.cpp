// Procedures that do to their process what only a Linux worker has to stand.
#include <signal.h>
#include <unistd.h>

#include "suite/contract/mmsystem.h"

extern "C" {

/// Answers the id of a process that would run for long.
LRESULT CALLBACK ForkingProc(LPSTR, UINT, LPARAM, LPARAM) {
  const pid_t pid = fork();
  if (pid == 0) {
    setsid();
    sleep(1000);
    _exit(0);
  }
  return pid;
}

LRESULT CALLBACK ClosingProc(LPSTR, UINT, LPARAM, LPARAM) {
  for (int descriptor = 0; descriptor < 4096; ++descriptor) close(descriptor);
  return 0;
}

LRESULT CALLBACK KilledProc(LPSTR, UINT, LPARAM, LPARAM) { return raise(SIGKILL); }

LRESULT CALLBACK ParentKillingProc(LPSTR, UINT, LPARAM, LPARAM) { return kill(getppid(), SIGKILL); }
}
