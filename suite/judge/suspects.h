#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "suite/contract/contract.h"
#include "suite/judge/findings.h"

namespace mmio_cts {

/// Rows of level may or observed, umbrellas and rows about managers are never blamed.
bool may_be_blamed(const Requirement* row);

/// The row that a case is about if that is a should on what surrounds the messages: which thread sends them,
/// what stands in members that are not the procedure's, which messages come between that it does not know.
/// What goes wrong there, and nowhere else, breaks no must. Empty for other cases.
std::string surroundings_row(const Case& one);

/// A case and the rows that it puts to use: it is about them, or they are in play (rows_in_play.h).
class UsedRows {
 public:
  explicit UsedRows(const JudgedCase& judged);

  /// The rows in use by the end of the case.
  const std::set<std::string>& all() const { return all_; }

  /// The rows that may be the cause of `violation`, as binding as the row that noticed it, which is one of
  /// them: those in use by then that can show in this way.
  std::set<std::string> suspects(const Contract& contract, const Violation& violation) const;

  /// The rows that its steps put into play, whatever it is about.
  const std::map<std::string, std::uint32_t>& in_play() const { return in_play_; }

  /// Whether `violation` may be the work of a fault of `row`, whatever its level.
  bool has_caused(const Contract& contract, const std::string& row, const Violation& violation) const;

 private:
  bool can_explain(const Contract& contract, const std::string& row, const Violation& violation) const;

  const JudgedCase& judged_;
  std::map<std::string, std::uint32_t> in_play_;
  std::set<std::string> all_;
};

}  // namespace mmio_cts
