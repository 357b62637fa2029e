#include "suite/worker/case_session.h"

#include "suite/script/step_reader.h"
#include "suite/worker/message_sender.h"
#include "suite/worker/module.h"
#include "suite/worker/process.h"

namespace mmio_cts {
namespace {

using nlohmann::json;

/// False if the case is over: the trace says why.
bool perform(const json& steps, MessageSender& sender, CaseTrace& trace, int& done) {
  try {
    for (const json& step : steps) {
      const std::uint32_t index = step.at(0);
      trace.set_step(index);
      if (!sender.send(index, std::get<Send>(read_step(step.at(1)).action))) return false;
      ++done;
    }
    return true;
  } catch (const std::exception& error) {
    // Not the procedure's: an exception of its own never gets here. No room for a buffer, a bad step.
    trace.end(EndObservation::Kind::suite_error, error.what());
    return false;
  }
}

}  // namespace

SessionEnd serve_case(const json& begin, std::int64_t pid, Channel& channel, CaseTrace& trace) {
  const std::string scratch = begin.at("scratch");
  trace.set_step(begin.at("step"));
  trace.set_phase("while the library was loaded");
  if (!enter_directory(scratch)) {
    write_frame(channel, {{"load_failed", "cannot enter the directory " + scratch}});
    return SessionEnd::load_failed;
  }
  auto module = Module::load(begin.at("library"), begin.at("procedure"));
  if (!module) {
    write_frame(channel, {{"load_failed", module.error()}});
    return SessionEnd::load_failed;
  }
  trace.set_phase("between two messages");
  if (!write_frame(channel, {{"ready", {{"pid", pid}}}})) return SessionEnd::cut_off;

  MessageSender sender(module->procedure(), trace);
  bool goes_on = true;
  while (const auto frame = read_frame(channel)) {
    if (frame->contains("perform")) {
      int done = 0;
      if (goes_on) goes_on = perform(frame->at("perform"), sender, trace, done);
      trace.set_phase("between two messages");
      if (!write_frame(channel, {{"done", done}})) return SessionEnd::cut_off;
    } else if (frame->contains("end")) {
      trace.set_phase("while the library was unloaded");
      return module->unload() ? SessionEnd::module_stays : SessionEnd::ended;
    } else if (frame->contains("abandon")) {
      return SessionEnd::abandoned;
    }
  }
  return SessionEnd::cut_off;
}

}  // namespace mmio_cts
