#pragma once

#include <vector>

#include "suite/contract/caller_state.h"
#include "suite/contract/mmsystem.h"

namespace mmio_cts {

/// What a call of the procedure came back with.
struct CallResult {
  LRESULT result = 0;
  /// Bytes by which the stack is off, where the caller cannot tell a procedure of another calling convention
  /// otherwise (windows-x86, requirement ABI-02): 16 for cdecl, whose caller would take the arguments away.
  int stack_drift = 0;
  /// Registers, flags and control words that were not what they must be (ABI-02, ABI-17). The caller has them
  /// back as they were.
  std::vector<CallerState> changed;
};

CallResult call_procedure(LPMMIOPROC procedure, MMIOINFO* info, UINT message, LPARAM param1, LPARAM param2);

}  // namespace mmio_cts
