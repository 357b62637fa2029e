#pragma once

#include "suite/contract/mmsystem.h"

namespace mmio_cts {

/// What a call of the procedure came back with.
struct CallResult {
  LRESULT result = 0;
  /// Bytes by which the stack is off, where the caller cannot tell a procedure of another calling convention
  /// otherwise (windows-x86, requirement ABI-02): 16 for cdecl, whose caller would take the arguments away.
  int stack_drift = 0;
};

CallResult call_procedure(LPMMIOPROC procedure, MMIOINFO* info, UINT message, LPARAM param1, LPARAM param2);

}  // namespace mmio_cts
