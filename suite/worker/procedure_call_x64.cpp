#include "suite/worker/procedure_call.h"

namespace mmio_cts {

CallResult call_procedure(LPMMIOPROC procedure, MMIOINFO* info, UINT message, LPARAM param1, LPARAM param2) {
  // There is but one calling convention, and the caller owns the stack.
  return {procedure(reinterpret_cast<LPSTR>(info), message, param1, param2), 0};
}

}  // namespace mmio_cts
