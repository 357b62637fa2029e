/* The multimedia I/O types of <mmsystem.h>, on every platform.
 *
 * On Windows this is the system's own header. Elsewhere the same names are declared with the same widths,
 * so that a procedure written against this header builds unchanged for linux-x64, windows-x64 and
 * windows-x86. Plain C, so that procedures written in C can include it too. */
#ifndef MMIO_CTS_CONTRACT_MMSYSTEM_H
#define MMIO_CTS_CONTRACT_MMSYSTEM_H

#ifdef _WIN32
#include <windows.h>
/* after windows.h */
#include <mmsystem.h>
#else
#include "suite/contract/mmsystem_linux.h"
#endif

#endif
