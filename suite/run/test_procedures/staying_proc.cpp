// On Windows a destructor that waits for the end of a thread keeps its library loaded.
#include <string>

#include "suite/contract/mmsystem.h"

namespace {
thread_local std::string kept;
}

extern "C" LRESULT CALLBACK StayingProc(LPSTR, UINT, LPARAM, LPARAM) {
  kept += "more than fits into a string without memory of its own";
  return 0;
}
