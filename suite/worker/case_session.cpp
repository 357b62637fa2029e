#include "suite/worker/case_session.h"

#include <new>
#include <stdexcept>
#include <string>
#include <utility>

#include "suite/script/step_reader.h"
#include "suite/worker/code_location.h"
#include "suite/worker/loaded_adapter.h"
#include "suite/worker/message_sender.h"
#include "suite/worker/module.h"
#include "suite/worker/os_calls.h"
#include "suite/worker/process.h"

namespace mmio_cts {
namespace {

using nlohmann::json;

constexpr std::size_t longest_reason = 2000;  // bytes

/// What performs the steps of one case.
class Performer {
 public:
  Performer(LPMMIOPROC procedure, const LoadedAdapter& adapter, Guard guard, CaseTrace& trace)
      : adapter_(adapter), trace_(trace), sender_(procedure, adapter, guard, trace) {}

  /// False if the case is over: the trace says why.
  bool perform(std::uint32_t step, const Send& send) { return sender_.send(step, send); }
  bool perform_at_once(std::uint32_t step, const Send& send, const Send& meanwhile) {
    return sender_.send_at_once(step, send, meanwhile);
  }
  void observe_os_calls() { sender_.observe_os_calls(); }
  void close_what_is_open() { sender_.close_what_is_open(); }
  bool perform(std::uint32_t step, const ReloadInfo& reload) { return sender_.reload(step, reload); }

  bool perform(std::uint32_t step, const TakeStock&) { return sender_.take_stock(step); }

  bool perform(std::uint32_t step, const SetFault& set) {
    const std::string unavailable = sender_.set_fault(set.fault);
    return trace_.append(PrepareObservation{step, unavailable}) && unavailable.empty();
  }

  bool perform(std::uint32_t step, const Prepare& prepare) {
    trace_.set_phase("while the adapter prepared the store", true);
    const std::string unavailable = adapter_.prepare(prepare);
    return trace_.append(PrepareObservation{step, unavailable}) && unavailable.empty();
  }

  bool perform(std::uint32_t step, const Inspect& inspect) {
    trace_.set_phase("while the adapter looked at the store", true);
    auto state = adapter_.inspect(inspect.name);
    if (state) return trace_.append(InspectObservation{step, std::move(*state)});
    trace_.append(PrepareObservation{step, "the adapter cannot look at the store now"});
    return false;
  }

  bool perform(std::uint32_t, const Restart&) {
    throw std::invalid_argument("a worker does not restart itself");
  }

 private:
  const LoadedAdapter& adapter_;
  CaseTrace& trace_;
  MessageSender sender_;
};

/// False if the case is over: the trace says why.
bool perform(const json& steps, Performer& performer, CaseTrace& trace) {
  try {
    const auto read = [&](std::size_t i) {
      return i < steps.size() ? read_step(json::parse(steps[i].at(1).get_ref<const std::string&>())) : Step{};
    };
    Step next = read(0);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const std::uint32_t index = steps[i].at(0);
      trace.set_step(index);
      const Step step = std::exchange(next, read(i + 1));
      bool goes_on;
      if (is_sent_meanwhile(next)) {
        goes_on = performer.perform_at_once(index, std::get<Send>(step.action), std::get<Send>(next.action));
        next = read(++i + 1);
      } else {
        goes_on =
            std::visit([&](const auto& action) { return performer.perform(index, action); }, step.action);
      }
      if (!goes_on) return false;
    }
    return true;
  } catch (const std::bad_alloc&) {
    // The suite itself takes little.
    trace.end(EndObservation::Kind::crash, "the candidate has left no memory for the worker");
    return false;
  } catch (const std::exception& error) {
    // Not the procedure's: an exception of its own never gets here. A bad step.
    trace.end(EndObservation::Kind::suite_error, error.what());
    return false;
  }
}

}  // namespace

SessionEnd serve_case(const BeginFrame& begin, std::int64_t pid, Channel& channel, CaseTrace& trace) {
  Answers answers(channel, begin.number);
  const auto fail = [&](const std::string& reason, bool own_fault = false) {
    answers.send("load_failed", {{"reason", reason.substr(0, longest_reason)}, {"own_fault", own_fault}});
    return SessionEnd::load_failed;
  };
  const auto cut_off = [&] {
    trace.end(EndObservation::Kind::exit,
              "the candidate closed a file of the worker, its commands or its answers");
    return SessionEnd::cut_off;
  };
  trace.set_step(begin.step);
  const std::string loading = std::string(while_loaded) +
                              (begin.reach.init.empty() ? "" : " and " + begin.reach.init + " was called");
  trace.set_phase(loading);
  if (!enter_directory(begin.scratch)) return fail("cannot enter the directory " + begin.scratch, true);
  // Before: whoever has all signals blocked from its first thread on must still be seen.
  const std::string unobservable = begin.observes_os_calls ? watch_os_calls() : "";
  auto module = Module::load(begin.library, begin.reach);
  if (!module) return fail(module.error());
  LoadedAdapter adapter;
  if (!begin.adapter.empty()) {
    auto loaded = LoadedAdapter::load(begin.adapter);
    if (!loaded) {
      module->unload();
      return fail(loaded.error());
    }
    adapter = std::move(*loaded);
  }
  const bool is_unobserved = !unobservable.empty() && !adapter.can_fail();
  if (is_unobserved && !trace.append(PrepareObservation{begin.step, unobservable}))
    return fail("no room to say what cannot be observed", true);
  note_loaded_modules();
  trace.set_phase("between two messages");
  if (!answers.send("ready", {{"pid", pid}})) return cut_off();

  Performer performer(module->procedure(), adapter, begin.guard, trace);
  if (begin.observes_os_calls) performer.observe_os_calls();
  bool goes_on = !is_unobserved;
  while (const auto frame = read_frame(channel)) {
    if (frame->contains("perform")) {
      trace.go_on();
      if (goes_on) goes_on = perform(frame->at("perform"), performer, trace);
      trace.set_phase("between two messages");
      if (!answers.send("done", {{"used", trace.used()}})) return cut_off();
    } else if (frame->contains("end")) {
      trace.go_on();
      performer.close_what_is_open();
      trace.set_phase("while the adapter cleaned up", true);
      adapter.clean_up();
      const bool adapter_stays = adapter.unload() && begin.adapter != begin.library;
      trace.set_phase(while_unloaded);
      return module->unload() || adapter_stays ? SessionEnd::module_stays : SessionEnd::ended;
    } else if (frame->contains("abandon")) {
      return SessionEnd::abandoned;
    }
  }
  return cut_off();
}

}  // namespace mmio_cts
