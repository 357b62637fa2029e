#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "suite/contract/abi.h"
#include "suite/contract/capability.h"
#include "suite/script/guard.h"
#include "suite/script/step.h"

namespace mmio_cts {

/// One instance of a case file, its parameters filled in.
struct Case {
  std::string id;    ///< path without folder and ending, and the parameters: "writeflush/sizes@size=4096"
  std::string file;  ///< where it was read from
  std::string title;
  std::vector<std::string> requirements;  ///< the rows it is about; the first is blamed by default
  std::vector<Capability> needs;
  std::vector<Abi> abis;           ///< where it applies; all three by default
  std::string why_not_everywhere;  ///< if it does not apply to all
  Guard guard = Guard::none;       ///< where the memory that it hands out ends
  bool observes_os_calls = false;  ///< they are recorded: faults need that, or whoever has it run
  std::int64_t failing_call = 0;   ///< in one run of a sweep: which of the calls it is about failed, from 1
  bool only_in_sweep = false;      ///< it is one of many of its kind, for whoever asks for them
  std::vector<Step> steps;         ///< `repeat` is unrolled
  std::vector<std::string>
      step_documents;  ///< the same steps as JSON, index for index: what a worker is told

  std::string unbound;  ///< the instance as JSON, with every "$content"; empty if it mentions none

  /// Whether it is to be run with each call of a kind failing in turn.
  bool sweeps() const;
  bool applies_everywhere() const { return abis.size() == abi_count; }
  /// Whether it must come to the same everywhere. What is asked of the system differs between systems.
  bool is_same_everywhere() const { return applies_everywhere() && !injects_faults(); }
  bool injects_faults() const;
  /// The id without its parameters: what all instances of the file have in common.
  std::string name() const { return id.substr(0, id.find('@')); }
};

}  // namespace mmio_cts
