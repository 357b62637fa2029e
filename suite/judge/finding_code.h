#pragma once

#include <span>
#include <string_view>

namespace mmio_cts {

/// Where a fault shows, and so how far its cause may lie from there.
enum class Symptom {
  answer,    ///< the result is not what this message had to answer: the message itself is at fault
  itself,    ///< the same, and wrong whatever was done before
  position,  ///< lDiskOffset
  content,   ///< bytes, sizes or names: whatever was done before may be at fault
  ending,    ///< the message did not come back
  leak,      ///< something is kept for good: whatever took it may be at fault
};

/// In which way a requirement is violated: one stable word, and what a person needs to know about it.
struct FindingCode {
  std::string_view name;
  std::string_view what;  ///< what the procedure does
  std::string_view why;   ///< why it matters
  std::string_view mend;  ///< how to mend it
  Symptom symptom = Symptom::answer;
};

/// All of them, in the order of the names' first use in a run of the judge.
std::span<const FindingCode> finding_codes();

/// The code of that name, which must exist.
const FindingCode& finding_code(std::string_view name);

}  // namespace mmio_cts
