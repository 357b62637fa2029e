// A procedure that no export names: it is returned, and works only after SetUp.
#include "suite/contract/mmsystem.h"

namespace {

bool is_set_up = false;

LRESULT CALLBACK hidden_proc(LPSTR, UINT uMsg, LPARAM, LPARAM) {
  if (uMsg == MMIOM_OPEN) return is_set_up ? 0 : MMIOERR_CANNOTOPEN;
  return uMsg == MMIOM_READ ? 42 : 0;
}

}  // namespace

extern "C" {

void SetUp() { is_set_up = true; }
LPMMIOPROC GetProc() { return hidden_proc; }
LPMMIOPROC GetNothing() { return nullptr; }
}
