#pragma once

#include <bitset>

#include "suite/contract/capability.h"

namespace mmio_cts {

/// What a candidate can do.
class CapabilitySet {
 public:
  static CapabilitySet all() {
    CapabilitySet set;
    set.bits_.set();
    return set;
  }

  bool has(Capability capability) const { return bits_.test(static_cast<std::size_t>(capability)); }
  void set(Capability capability, bool value = true) {
    bits_.set(static_cast<std::size_t>(capability), value);
  }

 private:
  std::bitset<capabilities.size()> bits_;
};

}  // namespace mmio_cts
