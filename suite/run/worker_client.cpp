#include "suite/run/worker_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
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

using Header = std::array<std::byte, trace_header_size>;

/// What changes with everything that a worker writes down.
Header progress(const SharedFile& trace) {
  Header header;
  std::memcpy(header.data(), trace.bytes().data(), header.size());
  return header;
}

constexpr std::string_view loading = "while the library was loaded";
constexpr std::string_view unloading = "while the library was unloaded";

}  // namespace

WorkerClient::WorkerClient(const RunnerSettings& settings, const std::filesystem::path& folder)
    : settings_(settings),
      trace_path_(folder / "trace"),
      capture_path_(folder / "output"),
      trace_(trace_path_, trace_size) {
  TraceWriter(trace_.bytes()).reset();
}

std::optional<EndObservation> WorkerClient::start() {
  if (process_) return std::nullopt;
  process_ = WorkerProcess::start({settings_.worker, settings_.wine, trace_path_, capture_path_});
  case_pid_ = process_->pid();
  phase_ = {};
  loads_ = 0;
  module_stays_ = false;
  auto failed = wait_for("started", std::max(start_patience, settings_.step_timeout));
  if (!failed) return std::nullopt;
  failed->kind = EndObservation::Kind::suite_error;
  failed->what =
      fmt::format("the worker {} did not start: {} {}", settings_.worker.string(), failed->what, output());
  discard();
  return failed;
}

std::optional<EndObservation> WorkerClient::ask(const std::vector<json>& frames, std::string_view last) {
  if (auto failed = start()) return failed;
  for (const json& frame : frames) {
    if (frame.contains("begin")) {
      ++loads_;
      ends_ = false;
      phase_ = loading;
    }
    if (frame.contains("end")) ends_ = true;
  }
  process_->send(frames);
  if (ends_ && frames.size() == 1) phase_ = unloading;
  return wait_for(last, settings_.step_timeout);
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
    auto received = process_->receive(pause);
    switch (received.kind) {
      case WorkerProcess::Received::Kind::gone: {
        const auto exit = process_->kill();
        discard();
        return exit.by_signal ? end(EndObservation::Kind::crash, signal_name(exit.number))
                              : end(EndObservation::Kind::exit, fmt::format("exit code {}", exit.number));
      }
      case WorkerProcess::Received::Kind::frame:
        if (auto ended = note(received.frame)) return ended;
        if (received.frame.contains(last)) return std::nullopt;
        since = Clock::now();
        break;
      case WorkerProcess::Received::Kind::nothing:
        if (const Header now = progress(trace_); now != seen) {
          seen = now;
          since = Clock::now();
        } else if (Clock::now() - since >= patience) {
          discard();
          return end(EndObservation::Kind::hang, fmt::format("no answer within {} ms", patience.count()));
        }
    }
  }
}

std::optional<EndObservation> WorkerClient::note(const json& frame) {
  const json& content = frame.begin().value();
  if (frame.contains("ready")) {
    phase_ = {};
    if (!is_windows(settings_.abi)) case_pid_ = content.at("pid");
  } else if (frame.contains("done")) {
    if (ends_) phase_ = unloading;
  } else if (frame.contains("started")) {
    obeys_permissions_ = content.value("obeys_permissions", false);
  } else if (frame.contains("ended")) {
    module_stays_ = content.value("module_stays", false);
  } else if (frame.contains("load_failed")) {
    return EndObservation{0, EndObservation::Kind::load_failed, content, ""};
  } else if (frame.contains("exited")) {
    if (content.contains("signal"))
      return end(EndObservation::Kind::crash, signal_name(content.at("signal")));
    if (content.contains("cut_off"))
      return end(EndObservation::Kind::exit,
                 "the candidate closed a file of the worker, its commands or its answers");
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

StoredTrace WorkerClient::take_records() {
  std::string damaged;
  StoredTrace taken = read_trace(trace_.bytes(), &damaged);
  if (!damaged.empty())
    taken.records.push_back(
        EndObservation{0, EndObservation::Kind::suite_error, "the trace is damaged: " + damaged, ""});
  TraceWriter(trace_.bytes()).reset();
  return taken;
}

void WorkerClient::discard() { process_.reset(); }

void WorkerClient::discard_if_gone() {
  if (process_ && process_->receive(milliseconds(0)).kind == WorkerProcess::Received::Kind::gone) discard();
}

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
