#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "suite/contract/contract.h"
#include "suite/judge/case_result.h"
#include "suite/script/case.h"

namespace mmio_cts {

/// A case and what came of it. `script` outlives all that is computed from it.
struct JudgedCase {
  const Case* script = nullptr;
  CaseResult result;
};

/// Where a requirement was found violated.
struct Occurrence {
  std::string case_id;
  std::string step;    ///< JSON pointer in the case's file
  std::string action;  ///< the step in words
  std::string expected;
  std::string actual;
  std::string noticed_as;  ///< the row of the check that noticed it, where another one is blamed; else empty
};

/// One cause: a requirement violated in one way.
struct Finding {
  std::string requirement;
  Level level = Level::must;
  std::string code;  ///< see finding_code.h
  std::string expected;
  std::string actual;
  std::vector<Occurrence> occurrences;  ///< in the order of the cases; never empty
  std::set<std::string> implied;        ///< rows that were violated, too, and follow from this one
};

/// Takes `expected` and `actual` from the first occurrence that was noticed as the blamed row itself, or else
/// from the first of all.
void choose_example(Finding& finding);

enum class Verdict { pass, fail, warn, skip, crash, hang, error };

std::string_view verdict_name(Verdict verdict);

/// The verdict on one case, with the requirements that its violations are blamed on, in order.
struct CaseVerdict {
  const Case* script = nullptr;
  Verdict verdict = Verdict::pass;
  std::string reason;  ///< why it is skip, crash, hang or error; empty otherwise
};

/// What the violations of all cases come to.
struct Attribution {
  std::vector<Finding> findings;      ///< must before should, then in the order of the contract
  std::vector<CaseVerdict> verdicts;  ///< one per case, in the order of the cases
};

/// Finds the cause of each violation, so that one cause gives one finding.
///
/// - Of a case the first violation counts, and of the same strength no later one, which may be its
///   consequence; a later one is only added to a finding that stands without it.
/// - A violation is noticed by a check of some row, in a case about another, after steps that put more rows
/// to
///   use: each of them may be the cause (suspects.h). Blamed is the smallest set of rows that explains all
///   violations, and of several the one that the cases which went well speak least against (explanation.h).
/// - What is wrong with an answer whatever was done before is put down to nothing but its own row.
/// - A violated should is no finding beside a violated must that explains it, nor is a row that follows from
///   another one that is blamed.
///
/// Rows of level may or observed are never blamed, and neither are umbrellas.
Attribution attribute(const Contract& contract, const std::vector<JudgedCase>& cases);

}  // namespace mmio_cts
