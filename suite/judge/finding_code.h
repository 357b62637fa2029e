#pragma once

#include <span>
#include <string_view>

namespace mmio_cts {

/// In which way a requirement is violated: one stable word, and what a person needs to know about it.
struct FindingCode {
  std::string_view name;
  std::string_view what;  ///< what the procedure does
  std::string_view why;   ///< why it matters
  std::string_view mend;  ///< how to mend it
  /// What is wrong with the answer shows in the answer alone, whatever was done before.
  bool self_evident = false;
};

/// All of them, in the order of the names' first use in a run of the judge.
std::span<const FindingCode> finding_codes();

/// The code of that name, which must exist.
const FindingCode& finding_code(std::string_view name);

}  // namespace mmio_cts
