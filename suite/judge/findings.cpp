#include "suite/judge/findings.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "suite/contract/message.h"
#include "suite/judge/evidence.h"
#include "suite/judge/explanation.h"
#include "suite/judge/finding_code.h"
#include "suite/judge/suspects.h"

namespace mmio_cts {
namespace {

constexpr std::string_view verdict_names[] = {"pass", "fail", "warn", "skip", "crash", "hang", "error"};

/// What a case is about first of all: a sweep goes through all messages alike.
std::string foremost_row(const Case& one) { return one.only_in_sweep ? "" : one.requirements.front(); }

/// Step by step from what each case says to causes.
class Attributor {
 public:
  Attributor(const Contract& contract, const std::vector<const Evidence*>& evidence)
      : contract_(contract), evidence_(evidence) {}

  /// Requirement and code of what is found.
  using Key = std::pair<std::string, std::string>;

  std::set<Key> keys() {
    find_causes();
    std::set<Key> all;
    for (const auto& [key, cause] : causes_) all.insert(key);
    return all;
  }

  Attribution run() {
    find_causes();
    Attribution all;
    for (const Evidence* one : evidence_) all.verdicts.push_back(verdict_of(*one->judged));
    for (auto& [key, cause] : causes_) all.findings.push_back(finding_of(key, cause));
    std::stable_sort(all.findings.begin(), all.findings.end(), [&](const Finding& a, const Finding& b) {
      return a.level != b.level ? a.level < b.level : rank(a.requirement) < rank(b.requirement);
    });
    return all;
  }

 private:
  // Where something was found, in the order of `evidence_`.
  struct Cause {
    std::vector<std::pair<std::size_t, const Violation*>> places;
    std::set<std::string> implied;
  };

  // A case among the others.
  struct Place {
    std::size_t index = 0;
    double weight = 1;
  };

  void find_causes() {
    for (const Evidence* one : evidence_)
      symptoms_.insert(symptoms_.end(), one->noticed.begin(), one->noticed.end());
    if (symptoms_.empty()) return;
    find_places();
    gather_innocence();
    blame_self_evident();
    for (const Level level : {Level::must, Level::should}) blame(level);
    for (const Noticed& symptom : symptoms_) add(symptom);
    add_others();
    fold_consequences();
  }

  std::size_t rank(const std::string& id) const {
    return static_cast<std::size_t>(contract_.find(id) - contract_.requirements().data());
  }

  // The instances of a case, which try many numbers with it, say together no more than one.
  void find_places() {
    std::map<std::string_view, int> instances;
    for (const Evidence* one : evidence_)
      if (one->counts) ++instances[one->file];
    for (std::size_t i = 0; i < evidence_.size(); ++i)
      places_[evidence_[i]->judged] = {i, 1.0 / std::max(1, instances[evidence_[i]->file])};
  }

  // Rows of the cases in which nothing went wrong. Of a row that no steps put into play the checks that it
  // passed count.
  void gather_innocence() {
    const auto& rows = contract_.requirements();
    std::vector<bool> in_play(rows.size(), false);
    for (const Evidence* one : evidence_)
      if (one->counts)
        for (const std::size_t row : one->in_play) in_play[row] = true;
    std::vector<double> used(rows.size(), 0);
    for (const Evidence* one : evidence_) {
      if (!one->is_clean) continue;
      const double weight = places_.at(one->judged).weight;
      if (const std::string row = foremost_row(*one->judged->script); !row.empty())
        innocence_.foremost[row] += weight;
      for (const std::size_t row : one->used) used[row] += weight;
      for (const std::size_t row : one->decided)
        if (!in_play[row] && !std::binary_search(one->used.begin(), one->used.end(), row))
          used[row] += weight;
    }
    for (std::size_t row = 0; row < rows.size(); ++row)
      if (used[row] > 0) innocence_.used[rows[row].id] = used[row];
  }

  // What is wrong whatever was done before has no other cause than the row itself.
  void blame_self_evident() {
    for (const Noticed& symptom : symptoms_)
      if (const std::string& row = symptom.violation->requirement;
          finding_code(symptom.violation->code).symptom == Symptom::itself && symptom.suspects.contains(row))
        blamed_.insert(row);
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
                        foremost_row(*symptom.judged->script), symptom.suspects, met_by(symptom),
                        places_.at(symptom.judged).weight});
    }
    const auto rows = smallest_explanation(open, innocence_);
    blamed_.insert(rows.begin(), rows.end());
  }

  std::set<std::string> met_by(const Noticed& symptom) const {
    std::set<std::string> messages, rows;
    for (const auto& [what, tally] : symptom.judged->result.faults)
      if (tally.injected > 0) messages.insert(message_name(what.first));
    for (const std::string& row : symptom.suspects)
      if (messages.contains(contract_.find(row)->message)) rows.insert(row);
    return rows;
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
    causes_[{row, code_for(symptom, row)}].places.emplace_back(places_.at(symptom.judged).index,
                                                               symptom.violation);
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

  // What came later in a case may be a consequence: it is only added to what is found without it.
  void add_others() {
    for (std::size_t i = 0; i < evidence_.size(); ++i)
      for (const Violation& violation : evidence_[i]->judged->result.violations)
        if (const auto it = causes_.find({violation.requirement, violation.code});
            it != causes_.end() && !added_.contains(&violation))
          it->second.places.emplace_back(i, &violation);
  }

  // A derived row is not blamed beside one that it follows from.
  void fold_consequences() {
    for (auto it = causes_.begin(); it != causes_.end();) {
      Cause* source = source_of(it->first);
      if (source == nullptr) {
        ++it;
        continue;
      }
      source->implied.insert(it->first.first);
      source->places.insert(source->places.end(), it->second.places.begin(), it->second.places.end());
      it = causes_.erase(it);
    }
  }

  Cause* source_of(const Key& consequence) {
    const Requirement& row = *contract_.find(consequence.first);
    for (const std::string& id : row.follows_from)
      for (auto& [key, cause] : causes_)
        if (key.first == id && contract_.find(id)->level <= row.level) return &cause;
    // WRITEFLUSH is a WRITE with a flush (WF-07): what both do wrong in the same way is one fault.
    constexpr std::pair<std::string_view, std::string_view> shared_with_write[] = {
        {"WF-01", "WR-02"}, {"WF-03", "WR-02"}, {"WF-04", "WR-04"},
        {"WF-06", "WR-06"}, {"WF-06", "WR-07"}, {"WF-16", "WR-08"}};
    for (const auto& [flush, write] : shared_with_write)
      if (row.id == flush)
        if (const auto it = causes_.find({std::string(write), consequence.second}); it != causes_.end())
          return &it->second;
    return nullptr;
  }

  Finding finding_of(const Key& key, Cause& cause) const {
    Finding finding;
    finding.requirement = key.first;
    finding.level = contract_.find(key.first)->level;
    finding.code = key.second;
    finding.implied = cause.implied;
    std::stable_sort(cause.places.begin(), cause.places.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [index, violation] : cause.places) {
      const Case& script = *evidence_[index]->judged->script;
      const Step& step = script.steps[violation->step];
      finding.occurrences.push_back({script.id, step.pointer, describe(step), violation->expected,
                                     violation->actual,
                                     violation->requirement == key.first ? "" : violation->requirement});
    }
    choose_example(finding);
    return finding;
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
  const std::vector<const Evidence*>& evidence_;
  std::vector<Noticed> symptoms_;
  std::map<const JudgedCase*, Place> places_;
  Innocence innocence_;
  std::set<std::string> blamed_;
  std::map<std::string, std::string> first_code_;  // of rows that only others' checks noticed
  std::map<Key, Cause> causes_;
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

std::set<std::string> blamed_rows(const Contract& contract, const std::vector<const Evidence*>& evidence) {
  std::set<std::string> rows;
  for (const auto& [row, code] : Attributor(contract, evidence).keys()) rows.insert(row);
  return rows;
}

Attribution attribute(const Contract& contract, const std::vector<JudgedCase>& cases) {
  const std::vector<Evidence> all = gather_evidence(contract, cases);
  std::vector<const Evidence*> evidence;
  for (const Evidence& one : all) evidence.push_back(&one);
  return Attributor(contract, evidence).run();
}

}  // namespace mmio_cts
