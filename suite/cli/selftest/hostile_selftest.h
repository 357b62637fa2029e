#pragma once

#include <vector>

#include "suite/cli/exit_code.h"
#include "suite/cli/judging.h"

namespace mmio_cts {

/// Tries every procedure and library that does harm, on each of `abis`, and prints a line for each: its
/// verdict, and what was not as it was foretold or left harm behind. `conformant` if there was no such thing.
ExitCode hostile_selftest(const JudgingOptions& judging, const std::vector<Abi>& abis);

}  // namespace mmio_cts
