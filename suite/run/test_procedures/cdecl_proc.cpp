// A procedure without CALLBACK: only on windows-x86 does that make a difference.
#include "suite/contract/mmsystem.h"

extern "C" LRESULT CdeclProc(LPSTR, UINT, LPARAM, LPARAM) { return 0; }
