// Messages: which are answered, in which modes, and how many opens there may be.
#include <fmt/format.h>

#include <algorithm>

#include "suite/contract/message.h"
#include "suite/run/probe_sequences.h"
#include "suite/run/prober.h"

namespace mmio_cts {

using namespace probe_sequences;

void Prober::find_reading_and_writing() {
  if (tries_.empty()) {
    for (const Capability capability : {Capability::write, Capability::create, Capability::growable})
      absent(capability, "it opens nothing but its own content");
    if (!seekable_) absent(Capability::seekable, "SEEK answered an error");
    return;
  }
  if (refuses_reading())
    absent(Capability::read,
           reading().opened() ? told("READ", reading().result(message::read))
                              : told("OPEN READ of a file that is there", reading().result(message::open)));

  const auto seeks = [&](const ProbeOutcome& outcome) {
    return outcome.opened() && !refuses(outcome.result(message::seek));
  };
  const bool opened = reading().opened() || creating().opened();
  if (opened && !seeks(reading()) && !seeks(creating()) && !seekable_ && !ended({0, 1, 2}))
    absent(Capability::seekable, "SEEK answered an error");

  const auto refuses_writing = [](const ProbeOutcome& outcome) {
    return refuses(outcome.result(message::write)) && refuses(outcome.result(message::write_flush));
  };
  if (!creating().opened() && !writing().opened() && !ended({1, 2, 3, 4}))
    absent(Capability::write, told("OPEN READWRITE", tries_[3].result(message::open)));
  else if ((!creating().opened() || refuses_writing(creating())) &&
           (!writing().opened() || refuses_writing(writing())) && !ended({1, 2, 3, 4}))
    absent(Capability::write, "WRITE and WRITEFLUSH answered errors");
  if (!can(Capability::write))
    absent(Capability::create, "it does not write");
  else if (creating().result(message::open) && !creating().opened())
    absent(Capability::create, told("OPEN CREATE|READWRITE", creating().result(message::open)));
  find_growing();
}

void Prober::find_several_opens() {
  std::string before, mode = plain_mode(), first = "probe_1.dat", second = "probe_2.dat";
  if (!profile_.own.empty() && !can_make_files()) {
    Profile own = profile_;
    own.names = own.own.front().name;
    return judge_second_open(send("opens two", two_opens("", first, second, R"("READ")"), own));
  }
  if (!profile_.names || can(Capability::serves_any_name)) second = first;
  if (can_make_files()) {
    before = there_is(first) + ",";
    if (second != first) before += there_is(second) + ",";
    mode = fmt::format(R"("{}")", mode);
  } else {
    mode = fmt::format(R"("CREATE", "{}")", creating_mode());
  }
  judge_second_open(send("opens two", two_opens(before, first, second, mode)));
}

std::string Prober::two_opens(const std::string& before, const std::string& first, const std::string& second,
                              const std::string& flags) {
  return fmt::format(R"({}{{"send": "OPEN", "file": "one", "name": "{}", "flags": [{}]}},
    {{"send": "OPEN", "file": "two", "name": "{}", "flags": [{}]}},
    {{"send": "CLOSE", "file": "two"}}, {{"send": "CLOSE", "file": "one"}})",
                     before, first, flags, second, flags);
}

void Prober::judge_second_open(const ProbeOutcome& two) {
  int opens = 0;
  while (two.result(message::open, opens)) ++opens;
  if (opens >= 2 && two.opened(opens - 2) && !two.opened(opens - 1))
    absent(Capability::multi_open, told("a second OPEN", two.result(message::open, opens - 1)));
}

void Prober::find_renaming_and_deleting() {
  if (!can_make_files() || !profile_.names)
    absent(Capability::rename, "no file can be made for it to rename");
  if (!can_make_files()) return absent(Capability::remove, "no file can be made for it to delete");
  const bool looks = profile_.adapter.view || can(Capability::store);
  const auto then = [&](const std::string& name) {
    return looks ? fmt::format(R"({{"inspect": "{}"}})", name)
                 : fmt::format(R"({{"send": "OPEN", "name": "{}", "flags": ["{}"]}}, {{"send": "CLOSE"}})",
                               name, plain_mode());
  };
  const auto is_there = [&](const ProbeOutcome& outcome) {
    if (looks) return outcome.file() && outcome.file()->exists;
    int opens = 0;
    while (outcome.result(message::open, opens)) ++opens;
    return opens > 0 && outcome.opened(opens - 1);
  };
  if (profile_.names) {
    const ProbeOutcome renaming =
        send("renames", there_is("probe_a.dat") +
                            R"(, {"send": "RENAME", "name": "probe_a.dat", "to": "probe_b.dat"},)" +
                            then("probe_b.dat"));
    if (renaming.result(message::rename) && !is_there(renaming))
      absent(Capability::rename, told("RENAME of a file that is there", renaming.result(message::rename)) +
                                     ", and the new name is not there");
  }
  // A procedure that writes files and confirms a deletion is held to it; one that does not may not know the
  // flag.
  const ProbeOutcome deleting =
      send("deletes", there_is("probe_a.dat") +
                          R"(, {"send": "OPEN", "name": "probe_a.dat", "flags": ["DELETE"]},)" +
                          then("probe_a.dat"));
  const int at = profile_.adapter.put || can(Capability::store) ? 0 : 1;
  const auto deleted = deleting.result(message::open, at);
  const bool confirms = deleted == 0 && can(Capability::write) && looks;
  if (deleted && is_there(deleting) && !confirms)
    absent(Capability::remove, told("OPEN DELETE", deleted) + ", and the file is still there");
}

std::string Prober::created(const std::string& name) const {
  return fmt::format(R"({{"send": "OPEN", "name": "{0}", "flags": ["CREATE", "{1}"]}},
    {{"send": "WRITE", "data": {{"pattern": "ramp", "size": 60}}}}, {{"send": "CLOSE"}})",
                     name, creating_mode());
}

std::string Prober::there_is(const std::string& name) const {
  if (!profile_.adapter.put && !can(Capability::store)) return created(name);
  return fmt::format(R"({{"prepare": "file", "name": "{}", "content": {{"pattern": "ramp", "size": 60}}}})",
                     name);
}

bool Prober::can_make_files() const {
  return profile_.adapter.put || can(Capability::store) ||
         (can(Capability::create) && can(Capability::keeps_content));
}

}  // namespace mmio_cts
