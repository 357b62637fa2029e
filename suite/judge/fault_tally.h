#pragma once

#include <cstdint>
#include <map>
#include <utility>

#include "suite/script/fault.h"

namespace mmio_cts {

struct Answer;

/// What came of the messages that met a fault of one kind.
struct FaultTally {
  int injected = 0;  ///< messages, however many of their calls it befell
  int surfaced = 0;  ///< of those: the answer told of it, by an error or by fewer bytes
  int absorbed = 0;  ///< the others
};

/// By message number and kind of fault. Where one could have been met but was not, there are zeros.
using FaultTallies = std::map<std::pair<std::uint32_t, FaultKind>, FaultTally>;

void add(const FaultTallies& more, FaultTallies& all);

/// Takes down what came of the fault that is in force, if there is one.
void tally_fault(const Answer& answer, FaultTallies& all);

}  // namespace mmio_cts
