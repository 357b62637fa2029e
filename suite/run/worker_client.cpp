#include "suite/run/worker_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <fstream>

namespace mmio_cts {
namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t trace_size = 64u << 20;
constexpr std::size_t most_output = 64u << 10;
// A first program in a cold Wine prefix takes its time, most of all on a busy machine.
constexpr milliseconds start_patience{60'000};

using Header = std::vector<std::byte>;

/// What changes with everything that a worker writes down.
Header progress(const SharedFile& trace) { return trace.read(trace_header_size); }

void reset(const SharedFile& trace) {
  Header header(trace_header_size);
  TraceWriter(header).reset();
  trace.write(header);
}

/// Bytes of records, as the header says, which may be anything; none if there is no header.
std::uint64_t used_of(const SharedFile& trace) {
  Header header = trace.read(trace_header_size);
  const std::uint64_t used = header.size() == trace_header_size ? TraceWriter(header).used() : 0;
  return used == UINT64_MAX ? 0 : used;
}

}  // namespace

WorkerClient::WorkerClient(const RunnerSettings& settings, const std::filesystem::path& folder)
    : settings_(settings),
      trace_path_(folder / "trace"),
      capture_path_(folder / "output"),
      trace_(trace_path_, trace_size) {
  reset(trace_);
}

std::optional<EndObservation> WorkerClient::start() {
  if (process_) return std::nullopt;
  auto failed = start_process();
  // A server of Wine's that is about to end may turn away who comes just then. No candidate has had a part in
  // it.
  if (failed && failed->kind != EndObservation::Kind::hang) failed = start_process();
  if (!failed) return std::nullopt;
  failed->kind = EndObservation::Kind::suite_error;
  failed->what =
      fmt::format("the worker {} did not start: {} {}", settings_.worker.string(), failed->what, output());
  discard();
  return failed;
}

std::optional<EndObservation> WorkerClient::start_process() {
  // A worker that ended between two cases may have told that as its last word.
  reset(trace_);
  process_ = WorkerProcess::start(
      {settings_.worker, settings_.wine, trace_path_, capture_path_, settings_.sandbox.get()});
  case_pid_ = process_->pid();
  phase_ = {};
  loads_ = 0;
  module_stays_ = false;
  return wait_for("started", std::max(start_patience, settings_.step_timeout));
}

void WorkerClient::begin_case() {
  has_failed_ = false;
  number_ = std::uint64_t{random_()} << 32 | random_();
  told_used_.reset();
  deadline_.reset();
}

std::optional<EndObservation> WorkerClient::ask(const std::vector<json>& frames, std::string_view last) {
  if (auto failed = start()) return failed;
  if (!deadline_) deadline_ = Clock::now() + settings_.case_timeout;
  for (const json& frame : frames) {
    if (frame.contains("begin")) {
      ++loads_;
      ends_ = false;
      phase_ = while_loaded;
    }
    if (frame.contains("end")) ends_ = true;
  }
  process_->send(frames);
  if (ends_ && frames.size() == 1) phase_ = while_unloaded;
  return wait_for(last, settings_.step_timeout);
}

/// The signal, and the limit that it stands for.
std::string WorkerClient::ended_by(int signal) const {
  if (!settings_.sandbox) return signal_name(signal);
  const std::string limit = limit_behind(signal, settings_.sandbox->containment().limits);
  return limit.empty() ? signal_name(signal) : fmt::format("{}: {}", signal_name(signal), limit);
}

/// Adds what the worker was doing, unless it was in a message.
EndObservation WorkerClient::end(EndObservation::Kind kind, std::string what) const {
  if (!phase_.empty()) what.append(" ").append(phase_);
  return {0, kind, std::move(what), ""};
}

std::optional<EndObservation> WorkerClient::wait_for(std::string_view last, milliseconds patience) {
  // Looked at often enough that a hang is noticed little later than it is one.
  const milliseconds pause = std::max(patience / 8, milliseconds(1));
  Header seen = progress(trace_);
  auto since = Clock::now();
  for (;;) {
    // What the candidate writes may look as if it got on.
    if (deadline_ && Clock::now() >= *deadline_)
      return hang(fmt::format("the case was not over within {} ms", settings_.case_timeout.count()));
    auto received = process_->receive(pause);
    switch (received.kind) {
      case WorkerProcess::Received::Kind::gone: {
        const auto exit = process_->kill();
        discard();
        has_failed_ = true;
        return exit.by_signal ? end(EndObservation::Kind::crash, ended_by(exit.number))
                              : end(EndObservation::Kind::exit, fmt::format("exit code {}", exit.number));
      }
      case WorkerProcess::Received::Kind::no_frame:
        return forged();
      case WorkerProcess::Received::Kind::frame:
        if (auto ended = note_unless_forged(received.frame, last)) return ended;
        if (received.frame.contains(last)) return std::nullopt;
        since = Clock::now();
        break;
      case WorkerProcess::Received::Kind::nothing:
        if (const Header now = progress(trace_); now != seen) {
          seen = now;
          since = Clock::now();
        } else if (Clock::now() - since >= patience) {
          return hang(fmt::format("no answer within {} ms", patience.count()));
        }
    }
  }
}

EndObservation WorkerClient::hang(std::string what) {
  what += why_it_waits(case_pid_);
  discard();
  has_failed_ = phase_ == while_loaded;
  return end(EndObservation::Kind::hang, std::move(what));
}

EndObservation WorkerClient::forged() {
  discard();
  has_failed_ = true;
  return end(EndObservation::Kind::crash, "the candidate wrote into the worker's answers");
}

std::optional<EndObservation> WorkerClient::note_unless_forged(const json& frame, std::string_view last) {
  try {
    const bool begins = last == "started";
    if (frame.contains("started") == begins && (begins || frame.begin()->at("case") == number_))
      return note(frame);
  } catch (const json::exception&) {
    // It has not the members that a worker's has.
  }
  return forged();
}

std::optional<EndObservation> WorkerClient::note(const json& frame) {
  const json& content = frame.begin().value();
  if (frame.contains("ready")) {
    phase_ = {};
    if (!is_windows(settings_.abi)) case_pid_ = content.at("pid");
  } else if (frame.contains("done")) {
    told_used_ = content.at("used");
    if (ends_) phase_ = while_unloaded;
  } else if (frame.contains("started")) {
    obeys_permissions_ = content.value("obeys_permissions", false);
  } else if (frame.contains("ended")) {
    module_stays_ = content.value("module_stays", false);
  } else if (frame.contains("load_failed")) {
    using Kind = EndObservation::Kind;
    const bool own_fault = content.at("own_fault");
    return EndObservation{0, own_fault ? Kind::suite_error : Kind::load_failed, content.at("reason"), ""};
  } else if (frame.contains("exited")) {
    if (content.contains("signal")) return end(EndObservation::Kind::crash, ended_by(content.at("signal")));
    return end(EndObservation::Kind::exit, fmt::format("exit code {}", content.at("code").get<int>()));
  }
  return std::nullopt;
}

std::optional<EndObservation> WorkerClient::abandon_case() {
  process_->send({json{{"abandon", true}}});
  auto ended = wait_for("exited", settings_.step_timeout);
  // The process of the case, or the whole worker where that is the same, was to end, and did.
  if (ended && ended->kind == EndObservation::Kind::exit) return std::nullopt;
  return ended;
}

StoredTrace WorkerClient::take_records(std::uint32_t step) {
  std::string damaged;
  const std::uint64_t used = used_of(trace_);
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(used, trace_size));
  StoredTrace taken = read_trace(trace_.read(trace_header_size + size), &damaged);
  const bool lacks_some = told_used_ && used < *told_used_;
  if (lacks_some && damaged.empty()) damaged = "records have been taken away";
  // The worker has been tried with everything else.
  if (!damaged.empty())
    taken.records.push_back(EndObservation{taken.pending.value_or(step), EndObservation::Kind::crash,
                                           "the candidate wrote into the worker's trace: " + damaged, ""});
  told_used_.reset();
  reset(trace_);
  return taken;
}

void WorkerClient::discard() { process_.reset(); }

void WorkerClient::discard_if_gone() {
  if (process_ && process_->receive(milliseconds(0)).kind == WorkerProcess::Received::Kind::gone) discard();
}

bool WorkerClient::has_its_trace() const { return trace_.is_at(trace_path_); }

void WorkerClient::forget_output() {
  std::error_code none_there;
  if (has_output()) std::filesystem::resize_file(capture_path_, 0, none_there);
}

bool WorkerClient::has_output() const {
  std::error_code none_there;
  const auto size = std::filesystem::file_size(capture_path_, none_there);
  return !none_there && size > 0;
}

std::string WorkerClient::output() const {
  if (!has_output()) return "";
  std::ifstream file(capture_path_, std::ios::binary);
  std::string text(most_output, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  return text;
}

std::string WorkerClient::why_permissions_do_not_hold() const {
  if (!is_windows(settings_.abi))
    return obeys_permissions_ ? ""
                              : "the worker writes whatever permission bits say, and cannot give that up";
  return permissions_are_overridden()
             ? "Wine's server runs as root, which writes whatever permission bits say"
             : "";
}

}  // namespace mmio_cts
