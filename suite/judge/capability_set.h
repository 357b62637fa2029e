#pragma once

#include <bitset>

#include "suite/contract/capability.h"

namespace mmio_cts {

/// What a candidate can do.
class CapabilitySet {
 public:
  /// All that a procedure for plain files can be capable of, and none of the peculiarities.
  static CapabilitySet of_plain_files() {
    CapabilitySet set;
    set.bits_.set();
    for (const Capability peculiarity : {Capability::adopts_handle, Capability::null_name,
                                         Capability::serves_any_name, Capability::ignores_info})
      set.set(peculiarity, false);
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
