#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
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

struct AdapterFunctionRow {
  std::string_view name;  ///< of the export
  bool AdapterFunctions::*member;
};

inline constexpr std::array<AdapterFunctionRow, 5> adapter_function_rows = {{
    {"mmio_cts_prepare_open", &AdapterFunctions::prepare_open},
    {"mmio_cts_put", &AdapterFunctions::put},
    {"mmio_cts_view", &AdapterFunctions::view},
    {"mmio_cts_fail_next", &AdapterFunctions::fail_next},
    {"mmio_cts_clean_up", &AdapterFunctions::clean_up},
}};

inline AdapterFunctions adapter_functions_in(const std::vector<std::string>& exports) {
  AdapterFunctions found;
  for (const AdapterFunctionRow& row : adapter_function_rows)
    found.*row.member = std::find(exports.begin(), exports.end(), row.name) != exports.end();
  return found;
}

/// The other way round: the exports that they are.
inline std::vector<std::string> exports_of(const AdapterFunctions& functions) {
  std::vector<std::string> names;
  for (const AdapterFunctionRow& row : adapter_function_rows)
    if (functions.*row.member) names.emplace_back(row.name);
  return names;
}

}  // namespace mmio_cts
