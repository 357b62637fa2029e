#pragma once

#include <cstdio>
#include <cstdlib>

#include "suite/contract/error.h"
#include "suite/contract/printable.h"

namespace mmio_cts {

/// Ends a fuzz target unless `holds`, so that libFuzzer keeps the input; `what` says what should hold.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

/// What every reader promises of its errors.
inline void require_one_clear_line(const Error& error) {
  require(!error.message.empty(), "an error says something");
  require(is_printable(to_string(error)), "an error is one printable line");
}

}  // namespace mmio_cts
