#pragma once

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
  bool observes_os_calls = false;  ///< a fault needs it; else whoever has it run wants to see them
  std::vector<Step> steps;         ///< `repeat` is unrolled
  std::vector<std::string>
      step_documents;  ///< the same steps as JSON, index for index: what a worker is told

  std::string unbound;  ///< the instance as JSON, with every "$content"; empty if it mentions none

  bool applies_everywhere() const { return abis.size() == abi_count; }
  /// The id without its parameters: what all instances of the file have in common.
  std::string name() const { return id.substr(0, id.find('@')); }
};

}  // namespace mmio_cts
