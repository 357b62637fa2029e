#include "suite/run/probe.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "suite/contract/error_code.h"
#include "suite/contract/message.h"
#include "suite/script/case_reader.h"

namespace mmio_cts {
namespace {

// The first requirement of a case is what it is about; a probe is about none, but the format asks for one.
constexpr const char* reads = R"({"title": "Reads a file", "requirements": ["RD-04"], "steps": [
  {"prepare": "file", "name": "probe.dat", "content": {"pattern": "ramp", "size": 100}},
  {"send": "OPEN", "name": "probe.dat", "flags": ["READ"]},
  {"send": "READ", "size": 50},
  {"send": "SEEK", "offset": 20, "origin": "SET"},
  {"send": "CLOSE"}]})";
constexpr const char* creates =
    R"({"title": "Creates a file, writes to it and reads it", "requirements": ["WR-04"],
  "steps": [
  {"send": "OPEN", "name": "probe.dat", "flags": ["CREATE", "READWRITE"]},
  {"send": "WRITE", "data": {"pattern": "ramp", "size": 40}},
  {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 20}},
  {"send": "SEEK", "offset": 0, "origin": "SET"},
  {"send": "READ", "size": 50},
  {"send": "CLOSE"},
  {"inspect": "probe.dat"}]})";
constexpr const char* writes =
    R"({"title": "Writes to a file that is there", "requirements": ["WR-04"], "steps": [
  {"prepare": "file", "name": "probe.dat", "content": {"pattern": "ramp", "size": 100}},
  {"send": "OPEN", "name": "probe.dat", "flags": ["READWRITE"]},
  {"send": "WRITE", "data": {"pattern": "ramp", "size": 40}},
  {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 20}},
  {"send": "CLOSE"}]})";
constexpr const char* renames = R"({"title": "Renames a file", "requirements": ["RN-02"], "steps": [
  {"prepare": "file", "name": "old.dat", "content": {"pattern": "ramp", "size": 10}},
  {"send": "RENAME", "name": "old.dat", "to": "new.dat"},
  {"inspect": "new.dat"}]})";
constexpr const char* deletes = R"({"title": "Deletes a file", "requirements": ["FL-06"], "steps": [
  {"prepare": "file", "name": "old.dat", "content": {"pattern": "ramp", "size": 10}},
  {"send": "OPEN", "name": "old.dat", "flags": ["DELETE"]},
  {"inspect": "old.dat"}]})";
constexpr const char* opens_two =
    R"({"title": "Has two files open at once", "requirements": ["OP-25"], "steps": [
  {"prepare": "file", "name": "one.dat", "content": {"pattern": "ramp", "size": 10}},
  {"prepare": "file", "name": "two.dat", "content": {"pattern": "ramp", "size": 10}},
  {"send": "OPEN", "file": "one", "name": "one.dat", "flags": ["READ"]},
  {"send": "OPEN", "file": "two", "name": "two.dat", "flags": ["READ"]},
  {"send": "CLOSE", "file": "two"},
  {"send": "CLOSE", "file": "one"}]})";
constexpr const char* opens_anything =
    R"({"title": "Opens a name that is nowhere", "requirements": ["OP-24"], "steps": [
  {"send": "OPEN", "name": "nowhere.dat", "flags": ["READ"]},
  {"send": "READ", "size": 50},
  {"send": "CLOSE"}]})";

/// What came of one probe.
class Outcome {
 public:
  Outcome(CaseRunner& runner, const Contract& contract, const char* text) {
    auto cases = read_cases(text, "probe", "probe", contract);
    if (!cases) throw std::logic_error(to_string(cases.error()));
    case_ = std::move(cases->front());
    trace_ = runner.run(case_);
  }

  /// The result of the n-th message of that kind; none if it did not come back.
  std::optional<std::int64_t> result(std::uint32_t message, int n = 0) const {
    for (const Observation& observation : trace_)
      if (const auto* seen = std::get_if<MessageObservation>(&observation))
        if (std::get<Send>(case_.steps[seen->step].action).message == message && n-- == 0)
          return seen->result;
    return std::nullopt;
  }

  bool opened(int n = 0) const { return result(message::open, n) == 0; }

  bool ended_early() const {
    return std::any_of(trace_.begin(), trace_.end(), [](const Observation& observation) {
      const auto* end = std::get_if<EndObservation>(&observation);
      return end != nullptr && end->kind != EndObservation::Kind::load_failed;
    });
  }

  /// Whether the last file looked at is there.
  bool is_there() const {
    for (auto it = trace_.rbegin(); it != trace_.rend(); ++it)
      if (const auto* seen = std::get_if<InspectObservation>(&*it)) return seen->file.exists;
    return false;
  }

  std::string load_error() const {
    if (trace_.empty()) return "";
    const auto* end = std::get_if<EndObservation>(&trace_.back());
    return end != nullptr && end->kind == EndObservation::Kind::load_failed ? end->what : "";
  }

 private:
  Case case_;
  Trace trace_;
};

std::string told(const char* what, std::optional<std::int64_t> result) {
  return result ? fmt::format("{} answered {}", what, describe_error_code(*result))
                : fmt::format("{} was not sent", what);
}

bool refuses(std::optional<std::int64_t> result) { return result && (*result < 0 || *result == 0xFFFFFFFF); }

}  // namespace

InferredCapabilities probe(CaseRunner& runner, const Contract& contract) {
  InferredCapabilities found;
  const auto absent = [&](Capability capability, std::string why) {
    found.set.set(capability, false);
    found.absent.emplace_back(capability, std::move(why));
  };

  const Outcome reading(runner, contract, reads);
  if (found.load_error = reading.load_error(); !found.load_error.empty()) {
    found.opens = false;
    return found;
  }
  const Outcome creating(runner, contract, creates);
  const Outcome writing(runner, contract, writes);
  found.opens = reading.opened() || creating.opened() || writing.opened() || reading.ended_early() ||
                creating.ended_early() || writing.ended_early();
  found.open_error = told("OPEN", reading.result(message::open));

  const bool reads_its_own = creating.opened() && creating.result(message::read).value_or(0) > 0;
  if (!reading.opened() && !reading.ended_early() && !reads_its_own)
    absent(Capability::read, told("OPEN READ of a file that is there", reading.result(message::open)));
  else if (reading.opened() && refuses(reading.result(message::read)) && !reads_its_own)
    absent(Capability::read, told("READ", reading.result(message::read)));
  const Outcome& seeking = reading.opened() ? reading : creating;
  if (seeking.opened() && refuses(seeking.result(message::seek)))
    absent(Capability::seekable, told("SEEK", seeking.result(message::seek)));

  const auto refuses_writing = [](const Outcome& outcome) {
    return refuses(outcome.result(message::write)) && refuses(outcome.result(message::write_flush));
  };
  const bool opens_for_writing = creating.opened() || writing.opened();
  if (!opens_for_writing && !creating.ended_early() && !writing.ended_early())
    absent(Capability::write, told("OPEN READWRITE", writing.result(message::open)));
  else if ((!creating.opened() || refuses_writing(creating)) &&
           (!writing.opened() || refuses_writing(writing)) && !creating.ended_early() &&
           !writing.ended_early())
    absent(Capability::write, "WRITE and WRITEFLUSH answered errors");
  if (creating.result(message::open) && !creating.opened())
    absent(Capability::create, told("OPEN CREATE|READWRITE", creating.result(message::open)));
  if (!found.set.has(Capability::write)) absent(Capability::growable, "it does not write");

  const Outcome renaming(runner, contract, renames);
  if (renaming.result(message::rename) && !renaming.is_there())
    absent(Capability::rename, told("RENAME of a file that is there", renaming.result(message::rename)) +
                                   ", and the new name is not there");
  // A procedure that writes files and confirms a deletion is held to it; one that does not may not know the
  // flag.
  const Outcome deleting(runner, contract, deletes);
  const bool confirms = deleting.opened() && found.set.has(Capability::write);
  if (deleting.result(message::open) && deleting.is_there() && !confirms)
    absent(Capability::remove,
           told("OPEN DELETE", deleting.result(message::open)) + ", and the file is still there");
  const Outcome two(runner, contract, opens_two);
  if (two.opened(0) && two.result(message::open, 1).value_or(0) != 0)
    absent(Capability::multi_open, told("a second OPEN", two.result(message::open, 1)));
  const Outcome anything(runner, contract, opens_anything);
  if (anything.opened() && anything.result(message::read).value_or(0) > 0)
    absent(Capability::store, "it opens a name that is nowhere, and has data for it");
  else if (creating.opened() && creating.result(message::close) == 0 && !creating.is_there())
    absent(Capability::store, "no file appears in the folder for one that it created");
  else if (creating.opened() && !reading.opened() && !writing.opened() && !reading.ended_early())
    absent(Capability::store, "it does not open plain files, only those that it made");
  found.set.set(Capability::adopts_handle, false);  // not tried: no handle is offered to it
  return found;
}

}  // namespace mmio_cts
