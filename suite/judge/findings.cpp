#include "suite/judge/findings.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "suite/judge/explanation.h"
#include "suite/judge/finding_code.h"
#include "suite/judge/suspects.h"

namespace mmio_cts {
namespace {

constexpr std::string_view verdict_names[] = {"pass", "fail", "warn", "skip", "crash", "hang", "error"};

/// Step by step from what the judge took down of each case to causes.
class Attributor {
 public:
  Attributor(const Contract& contract, const std::vector<JudgedCase>& cases)
      : contract_(contract), cases_(cases) {}

  Attribution run() {
    for (const JudgedCase& judged : cases_) take(judged);
    if (!symptoms_.empty()) {
      count_instances();
      gather_innocence();
      blame_self_evident();
      for (const Level level : {Level::must, Level::should}) blame(level);
      for (const Noticed& symptom : symptoms_) add(symptom);
      add_others();
      fold_consequences();
    }
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

  // The first violation of a case, or a stronger one that came later, and what may be its cause.
  struct Noticed {
    const JudgedCase* judged;
    const Violation* violation;
    Level level;
    std::set<std::string> suspects;
  };

  std::size_t rank(const std::string& id) const {
    return static_cast<std::size_t>(contract_.find(id) - contract_.requirements().data());
  }

  void take(const JudgedCase& judged) {
    order_.emplace(judged.script->id, order_.size());
    std::optional<Level> strongest;
    for (const Violation& violation : judged.result.violations) {
      const Requirement* row = contract_.find(violation.requirement);
      if (!may_be_blamed(row) || (strongest && *strongest <= row->level)) continue;
      strongest = row->level;
      if (const std::string surroundings = surroundings_row(*judged.script);
          !surroundings.empty() && finding_code(violation.code).symptom != Symptom::itself) {
        symptoms_.push_back({&judged, &violation, Level::should, {surroundings}});
        continue;
      }
      symptoms_.push_back({&judged, &violation, row->level, UsedRows(judged).suspects(contract_, violation)});
    }
  }

  void count_instances() {
    for (const JudgedCase& judged : cases_)
      if (judged.result.end != CaseEnd::skipped && judged.result.end != CaseEnd::error)
        ++instances_[file_of(judged)];
  }

  static std::string file_of(const JudgedCase& judged) {
    return judged.script->id.substr(0, judged.script->id.find('@'));
  }

  double weight_of(const JudgedCase& judged) const {
    return 1.0 / std::max(1, instances_.at(file_of(judged)));
  }

  // Rows of the cases in which nothing went wrong. Of a row that no steps put into play the checks that it
  // passed count.
  void gather_innocence() {
    std::vector<std::pair<const JudgedCase*, UsedRows>> clean;
    std::set<std::string> in_play;
    for (const JudgedCase& judged : cases_) {
      if (judged.result.end == CaseEnd::skipped || judged.result.end == CaseEnd::error) continue;
      UsedRows used(judged);
      for (const auto& [row, step] : used.in_play()) in_play.insert(row);
      const auto& violations = judged.result.violations;
      if (std::none_of(violations.begin(), violations.end(), [&](const Violation& violation) {
            return may_be_blamed(contract_.find(violation.requirement));
          }))
        clean.emplace_back(&judged, std::move(used));
    }
    for (const auto& [judged, used] : clean) {
      const double weight = weight_of(*judged);
      innocence_.foremost[judged->script->requirements.front()] += weight;
      std::set<std::string> rows = used.all();
      for (const std::string& row : judged->result.decided)
        if (!in_play.contains(row)) rows.insert(row);
      for (const std::string& row : rows) innocence_.used[row] += weight;
    }
  }

  // What is wrong whatever was done before has no other cause than the row itself.
  void blame_self_evident() {
    for (const Noticed& symptom : symptoms_)
      if (finding_code(symptom.violation->code).symptom == Symptom::itself)
        blamed_.insert(symptom.violation->requirement);
  }

  bool is_explained(const Noticed& symptom) const { return cause_of(symptom) != nullptr; }

  void blame(Level level) {
    std::vector<Symptoms> open;
    for (Noticed& symptom : symptoms_) {
      if (symptom.level != level) continue;
      // What a violated must brings about is no violated should besides.
      if (level == Level::should) add_blamed_musts(symptom);
      if (!is_explained(symptom))
        open.push_back({symptom.violation->requirement, symptom.judged->script->requirements,
                        symptom.suspects, weight_of(*symptom.judged)});
    }
    const auto rows = smallest_explanation(open, innocence_);
    blamed_.insert(rows.begin(), rows.end());
  }

  void add_blamed_musts(Noticed& symptom) {
    const UsedRows used(*symptom.judged);
    for (const std::string& row : blamed_)
      if (used.has_caused(contract_, row, *symptom.violation)) symptom.suspects.insert(row);
  }

  // Of the blamed rows that may be the cause the one that noticed it, or else the first.
  const std::string* cause_of(const Noticed& symptom) const {
    if (const auto it = blamed_.find(symptom.violation->requirement); it != blamed_.end()) return &*it;
    for (const std::string& row : blamed_)
      if (symptom.suspects.contains(row)) return &row;
    return nullptr;
  }

  void add(const Noticed& symptom) {
    const std::string& row = *cause_of(symptom);
    add(*symptom.judged, *symptom.violation, row, code_for(symptom, row));
    added_.insert(symptom.violation);
  }

  // A row that shows in several ways, noticed by others, is still one cause: the way in which it was noticed
  // itself counts, or else the first.
  std::string code_for(const Noticed& symptom, const std::string& row) {
    if (symptom.violation->requirement == row) return symptom.violation->code;
    for (const Noticed& other : symptoms_)
      if (other.violation->requirement == row) return other.violation->code;
    return first_code_.emplace(row, symptom.violation->code).first->second;
  }

  void add(const JudgedCase& judged, const Violation& violation, const std::string& row,
           const std::string& code) {
    Finding& finding = findings_[{row, code}];
    finding.requirement = row;
    finding.level = contract_.find(row)->level;
    finding.code = code;
    const Step& step = judged.script->steps[violation.step];
    finding.occurrences.push_back({judged.script->id, step.pointer, describe(step), violation.expected,
                                   violation.actual,
                                   row == violation.requirement ? "" : violation.requirement});
  }

  // What came later in a case may be a consequence: it is only added to what is found without it.
  void add_others() {
    for (const JudgedCase& judged : cases_)
      for (const Violation& violation : judged.result.violations)
        if (!added_.contains(&violation) && findings_.contains({violation.requirement, violation.code}))
          add(judged, violation, violation.requirement, violation.code);
  }

  // A derived row is not blamed beside one that it follows from.
  void fold_consequences() {
    for (auto it = findings_.begin(); it != findings_.end();) {
      Finding* cause = source_of(it->second);
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

  Finding* source_of(const Finding& consequence) {
    for (const std::string& id : contract_.find(consequence.requirement)->follows_from)
      for (auto& [key, finding] : findings_)
        if (key.first == id && finding.level <= consequence.level) return &finding;
    // WRITEFLUSH is a WRITE with a flush (WF-07): what both do wrong in the same way is one fault.
    constexpr std::pair<std::string_view, std::string_view> shared_with_write[] = {
        {"WF-04", "WR-04"}, {"WF-06", "WR-06"}, {"WF-06", "WR-07"}, {"WF-16", "WR-08"}};
    for (const auto& [flush, write] : shared_with_write)
      if (consequence.requirement == flush)
        if (const auto it = findings_.find({std::string(write), consequence.code}); it != findings_.end())
          return &it->second;
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
      const Requirement* row = contract_.find(violation.requirement);
      if (!may_be_blamed(row)) continue;
      const bool is_should = !surroundings_row(*judged.script).empty() && !blamed_.contains(row->id);
      if (row->level == Level::must && !is_should) verdict.verdict = Verdict::fail;
      if ((row->level == Level::should || is_should) && verdict.verdict == Verdict::pass)
        verdict.verdict = Verdict::warn;
    }
    return verdict;
  }

  const Contract& contract_;
  const std::vector<JudgedCase>& cases_;
  std::vector<Noticed> symptoms_;
  std::map<std::string, int> instances_;  // that were run, of each case file
  Innocence innocence_;
  std::set<std::string> blamed_;
  std::map<std::string, std::string> first_code_;  // of rows that only others' checks noticed
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
