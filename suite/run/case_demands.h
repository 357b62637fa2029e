#pragma once

#include <set>
#include <string>
#include <vector>

#include "suite/contract/capability.h"
#include "suite/script/case.h"

namespace mmio_cts {

/// What a case asks of a procedure beyond what its `needs` say: worked out from its steps, so that no case
/// has to say it and none can forget it.
struct CaseDemands {
  std::set<Capability> capabilities;
  std::set<std::string> names;  ///< of all files that it opens or renames
  std::set<std::uint32_t> user_messages;
  bool renames = false;
};

CaseDemands demands_of(const Case& one);

}  // namespace mmio_cts
