// A procedure that an exported function installs with mmioInstallIOProc, as shared ones are.
#include "suite/contract/mmsystem.h"

namespace {

LRESULT CALLBACK installed_proc(LPSTR, UINT uMsg, LPARAM, LPARAM) { return uMsg == MMIOM_READ ? 43 : 0; }

}  // namespace

extern "C" void Install() {
  mmioInstallIOProcA(mmioFOURCC('T', 'S', 'T', ' '), installed_proc, MMIO_INSTALLPROC);
}
