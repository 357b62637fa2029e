#include "suite/report/finding_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "suite/contract/printable.h"
#include "suite/judge/finding_code.h"
#include "suite/report/replay_command.h"
#include "suite/report/run_lookup.h"

namespace mmio_cts {
namespace {

constexpr std::size_t label_width = 15;  // with the two blanks before it

std::string line(std::string_view label, std::string_view text, const Paint& paint) {
  const std::size_t gap = label_width - 2 - label.size();
  return fmt::format("  {}{:{}}{}\n", paint.faint(label), "", gap, wrap(printable(text), label_width));
}

std::string and_more(const Finding& finding) {
  const std::size_t more = finding.occurrences.size() - 1;
  return more == 0 ? "" : ", and " + counted(more, "more occurrence", "more occurrences");
}

// The first in a case that is about the row, which shows it better than one that only came across it.
const Occurrence& clearest(const Finding& finding, const CandidateRun& run) {
  for (const Occurrence& occurrence : finding.occurrences)
    for (const CaseRun& one : run.cases)
      if (one.judged.script->id == occurrence.case_id &&
          one.judged.script->requirements.front() == finding.requirement)
        return occurrence;
  return finding.occurrences.front();
}

std::string place(const Occurrence& occurrence) {
  return fmt::format("{} at {}: {}", occurrence.case_id, occurrence.step, occurrence.action);
}

}  // namespace

std::string row_label(Level level, std::string_view id, bool fails, const Paint& paint) {
  std::string name(level_name(level));
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::toupper(c); });
  const std::string label = fmt::format("{} {}", name, id);
  return fails ? paint.red(label) : paint.yellow(label);
}

std::string finding_text(const Finding& finding, const CandidateRun& run, const Contract& contract,
                         const Paint& paint, std::string_view command) {
  const Requirement& row = *contract.find(finding.requirement);
  const FindingCode& code = finding_code(finding.code);
  const Occurrence& shown = clearest(finding, run);
  const std::size_t indent = level_name(finding.level).size() + finding.requirement.size() + 3;
  std::string text = row_label(finding.level, finding.requirement, true, paint) + "  " +
                     paint.bold(wrap(code.what, indent)) + "\n";
  text += line("requirement", row.statement, paint);
  text += line("expected", shown.expected, paint);
  text += line("actual", shown.actual, paint);
  text += line("why", code.why, paint);
  text += line("mend", code.mend, paint);
  for (const Contradiction* contradiction : contradictions_of(row, contract))
    text += line("ruling",
                 fmt::format("{} ({}): {}", contradiction->id, without_emphasis(contradiction->topic),
                             without_emphasis(contradiction->ruling)),
                 paint);
  text += line("where", place(shown) + and_more(finding), paint);
  if (!shown.noticed_as.empty()) text += line("", "noticed by the check of " + shown.noticed_as, paint);
  if (!finding.implied.empty())
    text += line(
        "implied",
        fmt::format("{}: violated, too, as it follows from {}", fmt::join(finding.implied, ", "), row.id),
        paint);
  // Never broken: it is there to be copied.
  text += fmt::format("  {}{:{}}{}\n", paint.faint("replay"), "", label_width - 8,
                      printable(replay_command(run, command, shown.case_id)));
  return text;
}

std::string short_finding_text(const Finding& finding, const CandidateRun& run, const Paint& paint) {
  const Occurrence& shown = clearest(finding, run);
  const std::size_t indent = level_name(finding.level).size() + finding.requirement.size() + 3;
  std::string text = row_label(finding.level, finding.requirement, false, paint) + "  " +
                     wrap(finding_code(finding.code).what, indent) + "\n";
  text += line("expected", fmt::format("{}; actual: {}", shown.expected, shown.actual), paint);
  text += line("where", place(shown) + and_more(finding), paint);
  return text;
}

}  // namespace mmio_cts
