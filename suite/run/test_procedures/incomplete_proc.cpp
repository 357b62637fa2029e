// A procedure whose library needs another one that cannot be found.
#include "suite/contract/mmsystem.h"

extern "C" int needed_function();

extern "C" LRESULT CALLBACK IncompleteProc(LPSTR, UINT, LPARAM, LPARAM) { return needed_function(); }
