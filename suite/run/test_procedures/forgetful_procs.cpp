// What the tests of sweeps find: BufferedFileProc with a WRITEFLUSH that is wrong in one way.
#include "reference_proc/reference_proc.h"

/// Reports an error as 1.
extern "C" LRESULT CALLBACK SignLosingProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2) {
  const LRESULT result = BufferedFileProc(lpmmioinfo, uMsg, lParam1, lParam2);
  return uMsg == MMIOM_WRITEFLUSH && result == -1 ? 1 : result;
}

/// Leaves all data in its buffer, as WRITE may.
extern "C" LRESULT CALLBACK UnflushedProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2) {
  return BufferedFileProc(lpmmioinfo, uMsg == MMIOM_WRITEFLUSH ? UINT{MMIOM_WRITE} : uMsg, lParam1, lParam2);
}
