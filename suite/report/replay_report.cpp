#include "suite/report/replay_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <system_error>
#include <vector>

#include "suite/contract/error_code.h"
#include "suite/contract/message.h"
#include "suite/contract/printable.h"
#include "suite/judge/finding_code.h"
#include "suite/report/finding_text.h"
#include "suite/report/run_lookup.h"
#include "suite/report/text_layout.h"

namespace mmio_cts {
namespace {

constexpr std::size_t most_bytes = 16;
constexpr std::string_view margin = "      ";
constexpr std::size_t detail_indent = margin.size();

std::string result_text(const Send& send, std::int64_t result) {
  if (is_zero_extended(result)) return "-1 as 0x00000000FFFFFFFF";
  if (!answers_count_or_position(send.message) && send.message <= message::rename)
    return describe_error_code(result);
  if (result > INT32_MAX || result < INT32_MIN)
    return fmt::format("0x{:X}", static_cast<std::uint64_t>(result));
  return fmt::format("{}", result);
}

std::string bytes_text(const Bytes& bytes) {
  if (bytes.empty()) return "";
  const std::string more =
      bytes.size() > most_bytes ? fmt::format("  and {} more", bytes.size() - most_bytes) : "";
  return fmt::format("{}{}  |{}|{}\n", margin, hex(bytes, most_bytes), ascii(bytes, most_bytes), more);
}

std::string os_call_text(const OsCall& call) {
  std::string text(call.injected ? "injected: " : "");
  text += os_call_names[static_cast<std::size_t>(call.kind)];
  if (!call.name.empty()) text += fmt::format(" '{}'", printable(call.name));
  const bool opens = call.kind == OsCallKind::open;
  if (call.file != 0 && !opens) text += fmt::format(" file {}", call.file);
  switch (call.kind) {
    case OsCallKind::read:
    case OsCallKind::write:
    case OsCallKind::map:
      text += fmt::format(" {} bytes", call.asked);
      break;
    case OsCallKind::truncate:
      text += fmt::format(" to {} bytes", call.asked);
      break;
    default:
      break;
  }
  const bool seeks = call.kind == OsCallKind::seek;
  if (call.offset >= 0) text += fmt::format(" {} {}", seeks ? "from" : "at", call.offset);
  // Of Windows it is an NTSTATUS.
  if (call.status < 0) return text + fmt::format(": error 0x{:08X}", static_cast<std::uint32_t>(call.status));
  if (call.status != 0)
    return text + fmt::format(": error {}, {}", call.status, std::generic_category().message(call.status));
  if (opens) return text + fmt::format(": file {}", call.file);
  const bool counts = call.kind == OsCallKind::read || call.kind == OsCallKind::write;
  return counts || seeks ? text + fmt::format(": {}", call.done) : text;
}

std::string file_text(const FileState& file) {
  if (!file.exists) return fmt::format("{}'{}' does not exist\n", margin, printable(file.name));
  if (!file.readable) return fmt::format("{}'{}' exists, but cannot be read\n", margin, printable(file.name));
  return fmt::format("{}'{}' holds {}\n", margin, printable(file.name),
                     counted(file.content.size(), "byte", "bytes")) +
         bytes_text(file.content);
}

class Replay {
 public:
  Replay(const CaseRun& run, const Contract& contract, bool colour)
      : run_(run), script_(*run.judged.script), contract_(contract), paint_(colour) {
    for (const Step& step : script_.steps) pointer_width_ = std::max(pointer_width_, step.pointer.size());
  }

  std::string text() {
    text_ = paint_.bold(script_.id) + "\n" + wrap(script_.title, 0) + "\n";
    text_ += wrap(fmt::format("checks {}", fmt::join(script_.requirements, ", ")), 7) + "\n\n";
    std::size_t reached = 0;
    for (std::size_t i = 0; i < run_.trace.size(); ++i) {
      const std::uint32_t step = step_of(run_.trace[i]);
      std::visit([this](const auto& seen) { show(seen); }, run_.trace[i]);
      const bool last_of_step = i + 1 == run_.trace.size() || step_of(run_.trace[i + 1]) != step;
      if (last_of_step) violations_of(step);
      reached = std::max<std::size_t>(reached, step + std::size_t{1});
    }
    if (reached < script_.steps.size())
      text_ += counted(script_.steps.size() - reached, "step", "steps") + " not reached\n";
    output();
    text_ += "\n" + verdict() + "\n";
    return std::move(text_);
  }

 private:
  void output() {
    if (run_.output.empty()) return;
    text_ += "\nIt printed:\n";
    std::istringstream lines(run_.output);
    for (std::string line; std::getline(lines, line);) text_ += std::string(margin) + printable(line) + "\n";
  }

  // "/steps/2  READ 10 bytes" and what came of it.
  void begin(std::uint32_t index, const std::string& outcome) {
    if (index >= script_.steps.size()) return;
    const Step& step = script_.steps[index];
    text_ += fmt::format("{:<{}}  {}{}\n", step.pointer, pointer_width_, describe(step),
                         outcome.empty() ? "" : ": " + outcome);
  }

  void detail(const std::string& text, std::size_t deeper = 0) {
    const std::size_t indent = detail_indent + deeper;
    text_ += std::string(indent, ' ') + wrap(text, indent) + "\n";
  }

  void tell_overrun(std::string_view where, std::int64_t bytes) {
    if (bytes != 0)
      detail(fmt::format("bytes changed {}: up to {} {} it", where, std::abs(bytes),
                         bytes > 0 ? "behind" : "before"));
  }

  void show(const MessageObservation& seen) {
    const auto* send =
        seen.step < script_.steps.size() ? std::get_if<Send>(&script_.steps[seen.step].action) : nullptr;
    if (send == nullptr) return;
    const std::string offset =
        seen.disk_offset_before == seen.disk_offset_after
            ? fmt::format("lDiskOffset stays {}", seen.disk_offset_after)
            : fmt::format("lDiskOffset {} -> {}", seen.disk_offset_before, seen.disk_offset_after);
    begin(seen.step, fmt::format("{}, {}", paint_.bold(result_text(*send, seen.result)), offset));
    text_ += bytes_text(seen.data);
    for (const MemberChange& change : seen.changes)
      detail(fmt::format("{} changed: 0x{:X} -> 0x{:X}", member_row(change.member).name, change.before,
                         change.after));
    if (seen.tail_changed >= 0) detail(fmt::format("byte {} of the buffer changed", seen.tail_changed));
    tell_overrun("outside the buffer", seen.overrun);
    tell_overrun("outside of MMIOINFO", seen.info_overrun);
    if (seen.source_changed) detail("the caller's data changed");
    for (const CallerState state : seen.not_restored)
      detail(fmt::format("{} is not what it was", caller_state_row(state).name));
    for (const OsCall& call : seen.os_calls) detail("system: " + os_call_text(call));
    if (seen.more_os_calls > 0) detail(fmt::format("system: and {} more", seen.more_os_calls));
    if (seen.handle != MessageObservation::Handle::none)
      detail(seen.handle == MessageObservation::Handle::open ? "the adopted handle is open"
                                                             : "the adopted handle is closed");
  }

  void show(const PrepareObservation& seen) {
    begin(seen.step, seen.unavailable.empty() ? "" : "not available here: " + seen.unavailable);
  }

  void show(const InspectObservation& seen) {
    begin(seen.step, "");
    text_ += file_text(seen.file);
  }

  void show(const RestartObservation& seen) {
    begin(seen.step, "");
    for (const FileState& file : seen.files) text_ += file_text(file);
  }

  void show(const StockObservation& seen) {
    begin(seen.step, fmt::format("{}, {}, {} bytes of heap, {} bytes mapped",
                                 counted(static_cast<std::size_t>(seen.handles), "handle", "handles"),
                                 counted(static_cast<std::size_t>(seen.threads), "thread", "threads"),
                                 seen.heap, seen.mapped));
  }

  void show(const TouchObservation& seen) { begin(seen.step, paint_.red("touches memory that it must not")); }

  void show(const NotSentObservation& seen) { begin(seen.step, "not sent, as its OPEN was refused"); }

  void show(const EndObservation& seen) {
    if (seen.kind == EndObservation::Kind::killed)
      return begin(seen.step, "here the process is killed, as the case wants");
    begin(seen.step, paint_.red(printable(seen.what + (seen.where.empty() ? "" : " " + seen.where))));
  }

  void violations_of(std::uint32_t step) {
    for (const Violation& violation : run_.judged.result.violations) {
      if (violation.step != step) continue;
      const Level level = contract_.find(violation.requirement)->level;
      const FindingCode& code = finding_code(violation.code);
      text_ += fmt::format("{}{}  {}\n", margin,
                           row_label(level, violation.requirement, level == Level::must, paint_),
                           wrap(code.what, detail_indent));
      detail("  expected " + printable(violation.expected));
      detail("  actual   " + printable(violation.actual));
    }
  }

  std::string what_is_violated() const {
    std::vector<std::string> parts;
    for (const Violation& violation : run_.judged.result.violations)
      if (std::string part = violation.requirement + " " + violation.code;
          std::find(parts.begin(), parts.end(), part) == parts.end())
        parts.push_back(std::move(part));
    return fmt::format("{}", fmt::join(parts, ", "));
  }

  std::string verdict() const {
    const CaseVerdict verdict = attribute(contract_, {run_.judged}).verdicts.front();
    const std::string name(verdict_name(verdict.verdict));
    const std::string why = verdict.reason.empty() ? what_is_violated() : verdict.reason;
    switch (verdict.verdict) {
      case Verdict::pass:
        return paint_.green("pass: " + counted(run_.judged.result.decided.size(), "row was", "rows were") +
                            " put to the test");
      case Verdict::skip:
      case Verdict::warn:
        return paint_.yellow(wrap(name + ": " + why, 2));
      default:
        return paint_.red(wrap(name + ": " + why, 2));
    }
  }

  const CaseRun& run_;
  const Case& script_;
  const Contract& contract_;
  Paint paint_;
  std::size_t pointer_width_ = 0;
  std::string text_;
};

}  // namespace

std::string replay_text(const CaseRun& run, const Contract& contract, bool colour) {
  return Replay(run, contract, colour).text();
}

}  // namespace mmio_cts
