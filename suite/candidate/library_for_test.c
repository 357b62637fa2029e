/* A library to read. It is never loaded. */
#include "suite/contract/mmsystem.h"

LRESULT CALLBACK IOProc(LPSTR info, UINT message, LPARAM lParam1, LPARAM lParam2) {
  (void)info;
  (void)message;
  (void)lParam1;
  (void)lParam2;
  return 0;
}

LRESULT CALLBACK OtherProc(LPSTR info, UINT message, LPARAM lParam1, LPARAM lParam2) {
  return IOProc(info, message, lParam1, lParam2) + 1;
}
