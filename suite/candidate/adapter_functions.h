#pragma once

#include <string>
#include <vector>

namespace mmio_cts {

/// Which functions of adapter.h a library exports.
struct AdapterFunctions {
  bool prepare_open = false;
  bool put = false;
  bool view = false;
  bool fail_next = false;
  bool clean_up = false;

  bool any() const { return prepare_open || put || view || fail_next || clean_up; }
};

/// A store that fails is one that the adapter has filled before.
inline bool can_fail_by_adapter(const AdapterFunctions& functions) {
  return functions.put && functions.fail_next;
}

inline AdapterFunctions adapter_functions_in(const std::vector<std::string>& exports) {
  AdapterFunctions found;
  for (const std::string& name : exports) {
    found.prepare_open |= name == "mmio_cts_prepare_open";
    found.put |= name == "mmio_cts_put";
    found.view |= name == "mmio_cts_view";
    found.fail_next |= name == "mmio_cts_fail_next";
    found.clean_up |= name == "mmio_cts_clean_up";
  }
  return found;
}

}  // namespace mmio_cts
