#include "suite/judge/findings.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "suite/judge/finding_code.h"

namespace mmio_cts {
namespace {

constexpr std::string_view verdict_names[] = {"pass", "fail", "warn", "skip", "crash", "hang", "error"};

bool may_be_blamed(const Requirement* row) {
  return row != nullptr && !row->umbrella && row->tier != Tier::manager &&
         (row->level == Level::must || row->level == Level::should);
}

// Rows on the binary interface, the members of MMIOINFO and the class of a result are violated by the answer
// itself: nothing else is put down to them.
bool shows_in_the_answer_alone(const Requirement& row) {
  return row.id.starts_with("ABI-") || row.id.starts_with("FI-") || row.id.starts_with("EC-");
}

/// Step by step from what the judge took down of each case to causes.
class Attributor {
 public:
  Attributor(const Contract& contract, const std::vector<JudgedCase>& cases)
      : contract_(contract), cases_(cases) {
    for (const JudgedCase& judged : cases) {
      if (judged.result.end == CaseEnd::skipped || judged.result.end == CaseEnd::error) continue;
      const std::string& row = judged.script->requirements.front();
      tried_.insert(row);
      for (const Violation& violation : judged.result.violations)
        if (violation.requirement == row) failed_itself_.insert(row);
    }
    for (const JudgedCase& judged : cases) note_suspects(judged);
    for (const JudgedCase& judged : cases) note_undeniable(judged);
  }

  Attribution run() {
    for (const JudgedCase& judged : cases_) add_first(judged);
    for (const JudgedCase& judged : cases_) add_others(judged);
    fold_consequences();
    Attribution all;
    for (const JudgedCase& judged : cases_) all.verdicts.push_back(verdict_of(judged));
    for (auto& [key, finding] : findings_) all.findings.push_back(std::move(finding));
    std::stable_sort(all.findings.begin(), all.findings.end(), [&](const Finding& a, const Finding& b) {
      return a.level != b.level ? a.level < b.level : rank(a.requirement) < rank(b.requirement);
    });
    for (Finding& finding : all.findings) tidy(finding);
    return all;
  }

 private:
  using Key = std::pair<std::string, std::string>;  // requirement and code

  std::size_t rank(const std::string& id) const {
    return static_cast<std::size_t>(contract_.find(id) - contract_.requirements().data());
  }

  // Whether the row that noticed it is right in all that is basic about it, so that the cause lies elsewhere.
  bool is_exonerated(const Violation& violation) const {
    const std::string& row = violation.requirement;
    return !finding_code(violation.code).self_evident && tried_.contains(row) &&
           !failed_itself_.contains(row);
  }

  // The rows of the case that may be to blame for a violation that the basic rows do not explain.
  std::vector<const Requirement*> suspects(const JudgedCase& judged, const Violation& violation) const {
    std::vector<const Requirement*> rows;
    const Level level = contract_.find(violation.requirement)->level;
    std::vector<std::string> ids = {violation.about};
    ids.insert(ids.end(), judged.script->requirements.begin(), judged.script->requirements.end());
    for (const std::string& id : ids) {
      const Requirement* row = contract_.find(id);
      if (may_be_blamed(row) && row->level == level &&
          (id == violation.requirement || !shows_in_the_answer_alone(*row)) &&
          std::find(rows.begin(), rows.end(), row) == rows.end())
        rows.push_back(row);
    }
    return rows;
  }

  void note_suspects(const JudgedCase& judged) {
    std::set<std::string> rows;
    for (const Violation& violation : judged.result.violations)
      if (may_be_blamed(contract_.find(violation.requirement)) && is_exonerated(violation))
        for (const Requirement* row : suspects(judged, violation)) rows.insert(row->id);
    const std::string& first = judged.script->requirements.front();
    for (const std::string& row : rows) {
      ++suspected_[row];
      if (row == first) under_suspicion_.insert(row);
    }
  }

  const Requirement* blamed(const JudgedCase& judged, const Violation& violation) const {
    const Requirement* noticed = contract_.find(violation.requirement);
    if (!may_be_blamed(noticed)) return nullptr;
    // What one case can only put down to the row itself is the cause elsewhere, too.
    if (undeniable_.contains({violation.requirement, violation.code})) return noticed;
    return first_blamed(judged, violation, *noticed);
  }

  const Requirement* first_blamed(const JudgedCase& judged, const Violation& violation,
                                  const Requirement& noticed) const {
    if (!is_exonerated(violation)) return &noticed;
    // Of the rows that the case is about, the one that most cases point to, among them one about it alone; on
    // a par with others the one that noticed it.
    const Requirement* best = nullptr;
    for (const Requirement* row : suspects(judged, violation)) {
      if (row != &noticed && !under_suspicion_.contains(row->id)) continue;
      const int lead = best == nullptr ? 1 : suspected_.at(row->id) - suspected_.at(best->id);
      if (lead > 0 || (lead == 0 && row == &noticed)) best = row;
    }
    if (best != nullptr) return best;
    const Requirement* about = contract_.find(violation.about);
    const bool fits =
        may_be_blamed(about) && about->level == noticed.level && !shows_in_the_answer_alone(*about);
    return fits ? about : &noticed;
  }

  void note_undeniable(const JudgedCase& judged) {
    for (const Violation& violation : judged.result.violations)
      if (const Requirement* noticed = contract_.find(violation.requirement);
          may_be_blamed(noticed) && first_blamed(judged, violation, *noticed) == noticed)
        undeniable_.insert({violation.requirement, violation.code});
  }

  void add(const JudgedCase& judged, const Violation& violation, const Requirement& row) {
    Finding& finding = findings_[{row.id, violation.code}];
    finding.requirement = row.id;
    finding.level = row.level;
    finding.code = violation.code;
    const Step& step = judged.script->steps[violation.step];
    finding.occurrences.push_back({judged.script->id, step.pointer, describe(step), violation.expected,
                                   violation.actual,
                                   row.id == violation.requirement ? "" : violation.requirement});
  }

  void add_first(const JudgedCase& judged) {
    order_.emplace(judged.script->id, order_.size());
    std::optional<Level> strongest;
    for (const Violation& violation : judged.result.violations) {
      const Requirement* row = blamed(judged, violation);
      if (row == nullptr || (strongest && *strongest <= row->level)) continue;
      strongest = row->level;
      add(judged, violation, *row);
      added_.insert(&violation);
    }
  }

  void add_others(const JudgedCase& judged) {
    for (const Violation& violation : judged.result.violations) {
      const Requirement* row = blamed(judged, violation);
      if (row == nullptr || added_.contains(&violation) || !findings_.contains({row->id, violation.code}))
        continue;
      add(judged, violation, *row);
    }
  }

  // A derived row is not blamed beside one that it follows from.
  void fold_consequences() {
    for (auto it = findings_.begin(); it != findings_.end();) {
      Finding* cause = cause_of(it->second);
      if (cause == nullptr) {
        ++it;
        continue;
      }
      cause->implied.insert(it->first.first);
      for (Occurrence& occurrence : it->second.occurrences) {
        if (occurrence.noticed_as.empty()) occurrence.noticed_as = it->first.first;
        cause->occurrences.push_back(std::move(occurrence));
      }
      it = findings_.erase(it);
    }
  }

  Finding* cause_of(const Finding& consequence) {
    for (const std::string& id : contract_.find(consequence.requirement)->follows_from)
      for (auto& [key, finding] : findings_)
        if (key.first == id && finding.level <= consequence.level) return &finding;
    return nullptr;
  }

  void tidy(Finding& finding) const {
    std::stable_sort(finding.occurrences.begin(), finding.occurrences.end(),
                     [&](const Occurrence& a, const Occurrence& b) {
                       return order_.at(a.case_id) < order_.at(b.case_id);
                     });
    choose_example(finding);
  }

  CaseVerdict verdict_of(const JudgedCase& judged) const {
    const CaseResult& result = judged.result;
    CaseVerdict verdict{judged.script, Verdict::pass, result.reason};
    switch (result.end) {
      case CaseEnd::skipped:
        verdict.verdict = Verdict::skip;
        return verdict;
      case CaseEnd::crash:
        verdict.verdict = Verdict::crash;
        return verdict;
      case CaseEnd::hang:
        verdict.verdict = Verdict::hang;
        return verdict;
      case CaseEnd::error:
        verdict.verdict = Verdict::error;
        return verdict;
      case CaseEnd::complete:
        break;
    }
    for (const Violation& violation : result.violations) {
      const Requirement* row = blamed(judged, violation);
      if (row == nullptr) continue;
      if (row->level == Level::must) verdict.verdict = Verdict::fail;
      if (row->level == Level::should && verdict.verdict == Verdict::pass) verdict.verdict = Verdict::warn;
    }
    return verdict;
  }

  const Contract& contract_;
  const std::vector<JudgedCase>& cases_;
  std::set<std::string> tried_;          // rows that at least one case about them was run for
  std::set<std::string> failed_itself_;  // those that a case about them found violated
  std::map<std::string, int>
      suspected_;             // rows, and in how many cases they may be to blame for what goes wrong
  std::set<Key> undeniable_;  // rows and codes that some case can put down to nothing else
  std::set<std::string> under_suspicion_;  // those with a case of their own among these
  std::map<std::string, std::size_t> order_;
  std::map<Key, Finding> findings_;
  std::set<const Violation*> added_;
};

}  // namespace

void choose_example(Finding& finding) {
  const auto shown = std::find_if(finding.occurrences.begin(), finding.occurrences.end(),
                                  [](const Occurrence& o) { return o.noticed_as.empty(); });
  const Occurrence& example = shown != finding.occurrences.end() ? *shown : finding.occurrences.front();
  finding.expected = example.expected;
  finding.actual = example.actual;
}

std::string_view verdict_name(Verdict verdict) { return verdict_names[static_cast<int>(verdict)]; }

Attribution attribute(const Contract& contract, const std::vector<JudgedCase>& cases) {
  return Attributor(contract, cases).run();
}

}  // namespace mmio_cts
