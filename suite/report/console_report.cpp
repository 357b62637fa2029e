#include "suite/report/console_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "suite/contract/printable.h"
#include "suite/report/finding_text.h"
#include "suite/report/replay_command.h"
#include "suite/report/run_lookup.h"
#include "suite/report/text_layout.h"
#include "suite/report/verdict_line.h"
#include "suite/run/known_failures.h"

namespace mmio_cts {
namespace {

constexpr std::size_t most_reasons_if_conformant = 2;
constexpr std::size_t most_ended_cases = 5;

class Console {
 public:
  Console(const CandidateRun& run, const Contract& contract, bool colour, std::string_view command)
      : run_(run), contract_(contract), paint_(colour), command_(command), conformant_(is_conformant(run)) {}

  std::string text() {
    candidate();
    containment();
    findings();
    ended_cases();
    skipped();
    not_judged();
    totals();
    verdict();
    return std::move(text_);
  }

 private:
  std::vector<const Summary*> summaries() const { return {&run_.common, &run_.per_abi}; }

  int cases(Verdict verdict) const {
    return count_of(run_.common, verdict) + count_of(run_.per_abi, verdict);
  }

  void candidate() {
    const Candidate& candidate = run_.candidate;
    text_ += fmt::format("{} {}, {}, {}, {}\n", paint_.bold(printable(candidate.library.filename().string())),
                         paint_.bold(printable(candidate.procedure)), abi_name(candidate.abi),
                         role_of(run_.probed.profile.can), run_.runtime);
  }

  // Of what was asked for, what the candidate was not kept from.
  void containment() {
    const Containment& containment = run_.containment;
    const bool is_open =
        containment.file_writes.ends_with("unrestricted") || containment.network.ends_with("unrestricted");
    if (containment.mode != SandboxMode::none && is_open)
      text_ +=
          wrap(fmt::format("sandbox: this system does not give {}", fmt::join(containment.missing, "; ")),
               9) +
          "\n";
  }

  // Cases of single ABIs that notice what others noticed, too, add to the same finding.
  std::vector<Finding> merged() const {
    std::vector<Finding> all = run_.common.findings;
    for (const Finding& finding : run_.per_abi.findings) {
      const auto same = std::find_if(all.begin(), all.end(), [&](const Finding& other) {
        return other.requirement == finding.requirement && other.code == finding.code;
      });
      if (same == all.end())
        all.push_back(finding);
      else
        same->occurrences.insert(same->occurrences.end(), finding.occurrences.begin(),
                                 finding.occurrences.end());
    }
    return all;
  }

  void findings() {
    const std::vector<Finding> all = merged();
    std::string warnings;
    for (const Finding& finding : all)
      if (const KnownFailure* known = known_failure_of(run_, finding))
        warnings += known_text(finding, *known);
      else if (finding.level <= run_.level)
        text_ += "\n" + finding_text(finding, run_, contract_, paint_, command_);
      else
        warnings += short_finding_text(finding, run_, paint_);
    if (!warnings.empty()) text_ += "\n" + warnings;
    if (!all.empty()) text_ += "\n";
  }

  std::string known_text(const Finding& finding, const KnownFailure& known) const {
    return fmt::format("known    {}\n",
                       wrap(fmt::format("{} {}, until {}: {}", finding.requirement, finding.code,
                                        known.expires, printable(known.reason)),
                            9));
  }

  // Crashes, hangs and faults of the suite: which case, at which step, what.
  void ended_cases() {
    std::vector<std::string> lines;
    for (const Summary* summary : summaries())
      for (const CaseVerdict& verdict : summary->cases)
        if (verdict.verdict >= Verdict::crash) lines.push_back(ended_case(verdict));
    for (std::size_t i = 0; i < std::min(lines.size(), most_ended_cases); ++i) text_ += lines[i];
    if (lines.size() > most_ended_cases)
      text_ += "         and " +
               counted(lines.size() - most_ended_cases, "more such case", "more such cases") + "\n";
  }

  std::string ended_case(const CaseVerdict& verdict) const {
    const EndObservation* end = end_of(run_of(run_, *verdict.script));
    std::string place = verdict.script->id;
    std::string what = verdict.reason;
    if (end != nullptr && end->step < verdict.script->steps.size()) {
      const Step& step = verdict.script->steps[end->step];
      place += fmt::format(" at {}: {}", step.pointer, describe(step));
      if (!end->where.empty()) what += " " + end->where;
    }
    const std::string label(verdict_name(verdict.verdict));
    return fmt::format("{}{:{}}{}\n", paint_.red(label), "", 9 - label.size(),
                       wrap(printable(place + ": " + what), 9));
  }

  // By reason, the most frequent first.
  void skipped() {
    std::map<std::string, int> by_reason;
    for (const Summary* summary : summaries())
      for (const CaseVerdict& verdict : summary->cases)
        if (verdict.verdict == Verdict::skip) ++by_reason[verdict.reason];
    std::vector<std::pair<std::string, int>> reasons(by_reason.begin(), by_reason.end());
    std::stable_sort(reasons.begin(), reasons.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    if (conformant_ && reasons.size() > most_reasons_if_conformant + 1) {
      int others = 0;
      for (std::size_t i = most_reasons_if_conformant; i < reasons.size(); ++i) others += reasons[i].second;
      reasons.resize(most_reasons_if_conformant);
      reasons.emplace_back("for other reasons", others);
    }
    for (std::size_t i = 0; i < reasons.size(); ++i)
      text_ += fmt::format("{}  {:>4}  {}\n", i == 0 ? "skipped" : "       ", reasons[i].second,
                           wrap(printable(reasons[i].first), 15));
  }

  void not_judged() {
    noticed();
    if (run_.probed.absent.empty()) return;
    std::vector<std::string> names;
    for (const auto& [capability, why] : run_.probed.absent) {
      names.emplace_back(capability_name(capability));
      if (!conformant_) names.back() += fmt::format(" ({})", why);
    }
    text_ +=
        wrap(fmt::format("not judged, because it seems to lack it: {}", fmt::join(names, "; ")), 12) + "\n";
  }

  // What a manifest would have said: how it was come to be judged as it was.
  void noticed() {
    for (const std::string& what : run_.probed.noticed)
      text_ += wrap("inferred: " + printable(what), 10) + "\n";
    for (const std::string& what : run_.probed.ended)
      text_ += wrap("while it was probed: " + printable(what), 10) + "\n";
    const bool is_odd = !run_.probed.noticed.empty() || !run_.probed.absent.empty();
    if (is_odd && run_.manifest.file.empty())
      text_ += "what a manifest would say: " + probe_command(run_, command_) + "\n";
  }

  void totals() {
    std::vector<std::string> parts;
    for (int i = 0; i <= static_cast<int>(Verdict::error); ++i) {
      const auto verdict = static_cast<Verdict>(i);
      if (const int count = cases(verdict); count > 0 || verdict <= Verdict::fail)
        parts.push_back(fmt::format("{} {}", count, verdict_name(verdict)));
    }
    text_ += fmt::format("cases: {}\n", fmt::join(parts, ", "));
    faults();
  }

  // Messages, not calls.
  void faults() {
    FaultTally all;
    for (const auto& [key, tally] : run_.per_abi.faults) {
      all.injected += tally.injected;
      all.surfaced += tally.surfaced;
    }
    if (all.injected > 0)
      text_ +=
          fmt::format("faults of the system: met by {}, {} told of it\n",
                      counted(static_cast<std::size_t>(all.injected), "message", "messages"), all.surfaced);
  }

  void verdict() {
    const std::string line = wrap(verdict_line(run_), 2);
    const bool violated = line.starts_with("NOT CONFORMANT");
    text_ += (conformant_ ? paint_.green(line) : violated ? paint_.red(line) : paint_.yellow(line)) + "\n";
  }

  const CandidateRun& run_;
  const Contract& contract_;
  Paint paint_;
  std::string_view command_;
  bool conformant_;
  std::string text_;
};

}  // namespace

std::string console_report(const CandidateRun& run, const Contract& contract, bool colour,
                           std::string_view command) {
  return Console(run, contract, colour, command).text();
}

}  // namespace mmio_cts
