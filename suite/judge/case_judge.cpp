#include "suite/judge/case_judge.h"

#include <fmt/format.h>

#include <algorithm>

#include "suite/contract/message.h"
#include "suite/contract/open_flags.h"
#include "suite/judge/expectations.h"
#include "suite/judge/fault_tally.h"
#include "suite/judge/invariants.h"
#include "suite/judge/rules.h"

namespace mmio_cts {
namespace {

constexpr std::int64_t minus_one_zero_extended = 0xFFFFFFFF;

// A procedure that is known to have written, though where and what cannot be told.
void forget_content(Answer& answer) {
  const bool writes = answer.send.message == message::write || answer.send.message == message::write_flush;
  if (writes && !answer.open.name.empty()) answer.file().kind = StoredFile::Kind::unknown;
}

void note_syncs(Answer& answer) {
  for (const OsCall& call : answer.seen.os_calls) {
    if (call.kind == OsCallKind::write && call.done > 0) answer.open.unsynced.insert(call.file);
    if (call.kind == OsCallKind::flush && call.status == 0) answer.open.unsynced.erase(call.file);
  }
}

StoredFile prepared(const Prepare& prepare) {
  StoredFile file;
  file.exists = prepare.kind != Prepare::Kind::missing;
  file.name_row = file.exists ? "OP-08" : "OP-24";
  switch (prepare.kind) {
    case Prepare::Kind::full_store:
      file.kind = StoredFile::Kind::full;
      file.capacity = 0;
      break;
    case Prepare::Kind::unreadable_store:
      file.kind = StoredFile::Kind::unreadable;
      break;
    case Prepare::Kind::directory_in_the_way:
      file.kind = StoredFile::Kind::directory;
      break;
    case Prepare::Kind::read_only:
      file.read_only = true;
      break;
    default:
      break;
  }
  file.set_content(prepare.content);
  return file;
}

}  // namespace

StepNotes CaseJudge::notes_for(std::uint32_t step) {
  return StepNotes(settings_.contract, result_, step, case_.steps[step].requirement);
}

void CaseJudge::observe(const Observation& observation) {
  if (ended_) return;
  const std::uint32_t step = step_of(observation);
  if (step >= case_.steps.size()) {
    judge(EndObservation{step, EndObservation::Kind::suite_error,
                         "an observation of a step that the case has not", ""});
    return;
  }
  steps_seen_ = std::max<std::size_t>(steps_seen_, step + std::size_t{1});
  std::visit([this](const auto& seen) { judge(seen); }, observation);
}

CaseResult CaseJudge::finish() {
  if (!ended_ && steps_seen_ < case_.steps.size()) {
    result_.end = CaseEnd::error;
    result_.reason = fmt::format("nothing was observed of step {}", case_.steps[steps_seen_].pointer);
  }
  // A case that came to its end has put to the test what it is about.
  if (result_.end == CaseEnd::complete && !went_astray_)
    result_.decided.insert(case_.requirements.begin(), case_.requirements.end());
  return std::move(result_);
}

void CaseJudge::judge(const MessageObservation& seen) {
  const auto* send = std::get_if<Send>(&case_.steps[seen.step].action);
  if (send == nullptr) return;
  OpenFile& open =
      send->message == message::open ? model_.begin_open(send->file) : model_.open_file(send->file);
  StepNotes notes = notes_for(seen.step);
  const std::int64_t value = seen.result == minus_one_zero_extended ? -1 : seen.result;
  Answer answer{*send, seen, value, settings_.edition, model_, open, notes, fault_};
  note_syncs(answer);
  judge_caller_state(answer);
  judge_width_and_memory(answer);
  const bool failed_before = open.is_open && open.failed_before;
  judge_message(answer);
  note_sticky_error(answer, failed_before);
  // Also whoever has not told of it yet may do so by a later answer.
  open.failed_before = open.failed_before || answer.met_a_fault();
  tally_fault(answer, result_.faults);
  if (case_.observes_os_calls && result_.faults.empty()) note_system_use(answer, result_.system);
  judge_members(answer);
  if (!notes.violated()) judge_expectations(answer, case_.steps[seen.step].requirement);
}

// Nothing fails any more, but the procedure goes on telling of what did.
void CaseJudge::note_sticky_error(Answer& answer, bool failed_before) {
  const std::uint32_t message = answer.send.message;
  const bool is_refused = (message == message::read && !may_read(answer.open.flags)) ||
                          (message == message::write && !may_write(answer.open.flags)) ||
                          (message == message::write_flush && !may_write(answer.open.flags));
  const bool is_error = answers_count_or_position(message) ? answer.value == -1
                                                           : message == message::close && answer.value != 0;
  if (case_.injects_faults() && fault_ == nullptr && failed_before && is_error && !is_refused &&
      !answer.notes.violated())
    answer.notes.trait("sticky_errors", "yes");
}

void CaseJudge::judge_message(Answer& answer) {
  const std::uint32_t message = answer.send.message;
  if (message == message::open) return judge_open(answer, settings_.capabilities);
  if (message == message::rename) return judge_rename(answer, settings_.capabilities);
  if (message > message::rename) return judge_unknown(answer);
  if (!answer.open.is_open) {
    // Sent on purpose to what is closed or was never open, or in vain because OPEN failed?
    went_astray_ = went_astray_ || (answer.open.id != outside && answer.open.name.empty());
    return;
  }
  if (!answer.open.known) {
    forget_content(answer);
    if (message == message::close) answer.open.is_open = false;
    return;
  }
  switch (message) {
    case message::read:
      return judge_read(answer);
    case message::write:
    case message::write_flush:
      return judge_write(answer);
    case message::seek:
      return judge_seek(answer, settings_.capabilities);
    default:
      return judge_close(answer);
  }
}

void CaseJudge::judge(const PrepareObservation& seen) {
  if (!seen.unavailable.empty()) {
    result_.end = CaseEnd::skipped;
    result_.reason = seen.unavailable;
    result_.violations.clear();
    result_.decided.clear();
    ended_ = true;
    return;
  }
  if (const auto* set = std::get_if<SetFault>(&case_.steps[seen.step].action))
    fault_ = set->fault ? &*set->fault : nullptr;
  const auto* prepare = std::get_if<Prepare>(&case_.steps[seen.step].action);
  if (prepare == nullptr) return;
  if (prepare->kind == Prepare::Kind::size_limit) {
    model_.limit_size(prepare->size);
  } else {
    const std::int64_t limit = model_.file(prepare->name).capacity;
    StoredFile& file = model_.file(prepare->name) = prepared(*prepare);
    file.compares = settings_.content != Content::none;
    file.capacity = std::min(file.capacity, limit);
  }
}

void CaseJudge::judge(const InspectObservation& seen) {
  const auto* inspect = std::get_if<Inspect>(&case_.steps[seen.step].action);
  if (inspect == nullptr) return;
  StepNotes notes = notes_for(seen.step);
  // Whoever looked at it may call it otherwise.
  FileState file = seen.file;
  file.name = inspect->name;
  judge_file(file, model_, notes, true);
  if (!notes.violated()) judge_expectations(*inspect, file, notes, case_.steps[seen.step].requirement);
}

void CaseJudge::judge(const RestartObservation& seen) {
  model_.end_process();
  fault_ = nullptr;
  stock_.forget();
  // Where names are no files of the directory nothing was seen of them.
  if (!settings_.capabilities.has(Capability::store)) return;
  StepNotes notes = notes_for(seen.step);
  std::set<std::string> names;
  for (const FileState& file : seen.files) {
    judge_file(file, model_, notes, false);
    names.insert(file.name);
  }
  std::vector<std::string> missing;
  for (const auto& [name, file] : model_.files())
    if (file.exists && !names.contains(name)) missing.push_back(name);
  for (const std::string& name : missing) judge_file(FileState{name, false, true, {}}, model_, notes, false);
}

// Whatever the message has done until then, it was not answered: its work is there, or in part, or not.
void CaseJudge::judge_killed(std::uint32_t step) {
  const auto* send = std::get_if<Send>(&case_.steps[step].action);
  if (send == nullptr || fault_ == nullptr) return;
  FaultTally& tally = result_.faults[{send->message, FaultKind::killed}];
  ++tally.injected;
  ++tally.absorbed;
  const auto forget = [&](const std::string& name) {
    StoredFile& file = model_.file(name);
    file.kind = StoredFile::Kind::unknown;
    file.name_row.clear();
  };
  constexpr std::uint32_t changing = open_flag::create | open_flag::remove;
  if (send->message == message::rename || (send->message == message::open && (send->flags & changing) != 0))
    forget(send->name.value_or(""));
  if (send->message == message::rename) forget(send->new_name);
  const OpenFile& open = model_.open_file(send->file);
  const bool writes = send->message == message::write || send->message == message::write_flush;
  if (!writes || !open.is_open || !open.known) return;
  for (const std::int64_t position : claimed_positions(open))
    model_.file(open.name).write_failed(open.id, position, send->data);
}

void CaseJudge::judge(const EndObservation& seen) {
  if (seen.kind == EndObservation::Kind::killed && fault_ != nullptr && fault_->kind == FaultKind::killed)
    return judge_killed(seen.step);
  ended_ = true;
  result_.reason = seen.what;
  const bool is_at_unload = seen.is_at_unload();
  const auto blame = [&](const char* requirement, const char* code, CaseEnd end) {
    result_.end = end;
    notes_for(std::min<std::uint32_t>(seen.step, static_cast<std::uint32_t>(case_.steps.size() - 1)))
        .violate(requirement, is_at_unload ? "unload_failed" : code,
                 is_at_unload ? "the library can be unloaded" : "the procedure returns to its caller",
                 seen.what);
  };
  // What it is about was seen before.
  if (is_at_unload && !went_astray_)
    result_.decided.insert(case_.requirements.begin(), case_.requirements.end());
  switch (seen.kind) {
    case EndObservation::Kind::crash:
      return blame("ABI-17", "crash", CaseEnd::crash);
    case EndObservation::Kind::exit:
      return blame("ABI-17", "exit", CaseEnd::crash);
    case EndObservation::Kind::hang:
      return blame("ABI-17", "hang", CaseEnd::hang);
    case EndObservation::Kind::load_failed:
      // No case is run before the library was loaded once, by the probe.
      return blame("ABI-17", "load_failed", CaseEnd::crash);
    case EndObservation::Kind::wrong_stack:
      return blame("ABI-02", "wrong_convention", CaseEnd::crash);
    default:
      result_.end = CaseEnd::error;
  }
}

void CaseJudge::judge(const TouchObservation& seen) {
  const auto* send = std::get_if<Send>(&case_.steps[seen.step].action);
  if (send == nullptr) return;
  // That the process has ended is no fault of its own: elsewhere the page beside a buffer is somebody's.
  ended_ = went_astray_ = true;
  StepNotes notes = notes_for(seen.step);
  judge_touch(seen, *send, notes);
}

void CaseJudge::judge(const NotSentObservation&) { went_astray_ = true; }

void CaseJudge::judge(const StockObservation& seen) {
  const auto* take = std::get_if<TakeStock>(&case_.steps[seen.step].action);
  // What is left open or wrong by another fault is no leak, nor is what an OPEN that was to fail has opened.
  if (take == nullptr || went_astray_ || !result_.violations.empty() || model_.has_lost_an_open()) return;
  if (const auto code = stock_.take(seen, take->rounds))
    notes_for(seen.step).violate(case_.steps[seen.step].requirement, std::string(*code),
                                 "no more after a round of messages than before it", "more after each");
}

CaseResult judge_case(const JudgeSettings& settings, const Case& one, const Trace& trace) {
  CaseJudge judge(settings, one);
  for (const Observation& observation : trace) judge.observe(observation);
  return judge.finish();
}

}  // namespace mmio_cts
