// The store: whether files are plain files, what is in them, how long they last and how large they get.
#include <fmt/format.h>

#include <algorithm>

#include "suite/contract/message.h"
#include "suite/run/probe_sequences.h"
#include "suite/run/prober.h"

namespace mmio_cts {
namespace {

// Data that has nothing in common with what was written is another content, or encoded; a fault that loses,
// shifts or damages data leaves some of it.
bool is_foreign(const Bytes& data, const Bytes& written) {
  constexpr std::ptrdiff_t enough_in_common = 6;
  if (data.size() < 8) return false;
  for (auto at = written.begin(); written.end() - at >= enough_in_common; ++at)
    if (std::search(data.begin(), data.end(), at, at + enough_in_common) != data.end()) return false;
  return true;
}

}  // namespace

using namespace probe_sequences;

void Prober::find_store_and_content() {
  if (profile_.adapter.put || profile_.adapter.view)
    return absent(Capability::store, "its adapter looks after the store");
  if (!profile_.names) absent(Capability::store, "it takes no names");
  if (tries_.empty()) return absent(Capability::store, "it opens nothing but its own content");
  const Bytes plain = ramp(100), written = ramp(60);
  const ProbeOutcome anything = send("opens anything", opens_anything);
  const auto made = creating().file();
  const bool closed = creating().opened() && creating().result(message::close) == 0;
  // What neither the file nor READ holds of the bytes that were written is lost by a fault.
  const bool comes_back = refuses_reading() || !is_foreign(tries_[1].read(), written);
  const bool is_encoded = closed && made && made->exists && is_foreign(made->content, written) && comes_back;
  // A format of its own, with the bytes as they are: it refuses files that have not its header.
  const bool is_framed = closed && made && made->content.size() > written.size() &&
                         std::search(made->content.begin(), made->content.end(), written.begin(),
                                     written.end()) != made->content.end() &&
                         !reading().opened() && !writing().opened() && !ended({0, 3, 4});
  const bool is_plain =
      closed && made && made->exists && !is_encoded && !is_framed && !made->content.empty();
  const bool nothing_appears = anything.opened() && !(anything.file() && anything.file()->exists);
  const bool encodes =
      is_encoded && refuses_reading();  // where it can be read back, that tells whether it is a fault
  std::string why;
  if (is_plain || encodes)
    ;  // files of those names are there
  else if (nothing_appears && !anything.read().empty())
    why = "it opens a name that is nowhere, and has data for it";
  else if (closed && !(made && made->exists))
    why = "no file appears in the folder for one that it created";
  else if (is_encoded)
    why = "the file that it created does not hold the bytes that were written";
  else if (creating().opened() && !reading().opened() && !writing().opened() && !ended({0, 3, 4}))
    why = "it does not open plain files, only those that it made";
  else if (reading().opened() && is_foreign(reading().read(), plain))
    why = "reading a plain file brings other bytes";
  else if (!reading().opened() && !creating().opened() && !writing().opened() && !ended({0, 1, 2, 3, 4}))
    why = "it does not open plain files";
  if (!why.empty() && can(Capability::store)) absent(Capability::store, why);

  const bool serves_any =
      nothing_appears && !is_plain && (!anything.read().empty() || !can(Capability::store));
  set(Capability::serves_any_name, serves_any);
  if (serves_any) found_.noticed.emplace_back("it opens any name");
  if (encodes) {
    profile_.content = Content::none;
    found_.noticed.emplace_back("what it stores is not what was written");
  } else if (serves_any && !anything.read().empty() && !creating().opened() && profile_.own.empty()) {
    profile_.content = Content::opaque;
    const std::string name = "content";
    if (profile_.names)
      read_own(profile_.names->substr(0, profile_.names->find(name_placeholder)) + name);
    else
      read_own(std::nullopt);
    if (!profile_.own.empty())
      found_.noticed.push_back(
          fmt::format("it has content of its own, {} bytes", profile_.own.front().bytes.size()));
  }
}

bool Prober::refuses_reading() const {
  const auto answers = [](const ProbeOutcome& outcome) {
    const auto result = outcome.opened() ? outcome.result(message::read) : std::nullopt;
    return result && !refuses(result);
  };
  return !answers(reading()) && !answers(tries_[1]) && profile_.own.empty() && !ended({0, 1});
}

void Prober::find_keeping() {
  if (!can(Capability::write)) {
    for (const Capability capability : {Capability::keeps_content, Capability::outlives_process})
      absent(capability, "it does not write");
    return;
  }
  if (can(Capability::store)) return;
  if (!can(Capability::create)) {
    absent(Capability::outlives_process, "nothing can be put into its store");
    return;
  }
  const std::string opened_again =
      fmt::format(R"({{"send": "OPEN", "name": "probe_kp.dat", "flags": ["{}"]}},{} {{"send": "CLOSE"}})",
                  plain_mode(), can(Capability::read) ? R"({"send": "READ", "size": 60},)" : "");
  const ProbeOutcome keeping =
      send("keeps", created("probe_kp.dat") + "," + opened_again + R"(, {"restart": true},)" + opened_again);
  const auto is_kept = [&](int open) {
    return keeping.opened(open) && (!can(Capability::read) || !keeping.read(open).empty());
  };
  if (!keeping.ended().empty()) return;
  if (!is_kept(1))
    absent(Capability::keeps_content, "a file that it created is empty or gone at the next OPEN");
  if (!is_kept(2))
    absent(Capability::outlives_process, "a file that it created is empty or gone in the next process");
}

void Prober::find_growing() {
  if (!can(Capability::write)) return absent(Capability::growable, "it does not write");
  if (can(Capability::create)) return;
  const ProbeOutcome growing = send("grows", grows);
  const auto written = growing.result(message::write);
  if (!growing.opened() || !written || *written > 0) return;
  absent(Capability::growable, told("WRITE at the end", written));
  find_largest();
}

void Prober::find_largest() {
  constexpr std::int64_t more_than_a_slot = 1 << 20;
  if (profile_.largest || !can(Capability::store)) return;
  const ProbeOutcome large = send("opens a large file", fmt::format(R"(
    {{"prepare": "file", "name": "probe_it.dat", "content": {{"pattern": "ramp", "size": {}}}}},
    {{"send": "OPEN", "name": "probe_it.dat", "flags": ["READ"]}},
    {{"send": "SEEK", "offset": 0, "origin": "END"}}, {{"send": "CLOSE"}})",
                                                                    more_than_a_slot));
  const auto size = large.opened() ? large.result(message::seek) : std::nullopt;
  if (!size || *size <= 0 || *size >= more_than_a_slot) return;
  profile_.largest = *size;
  found_.noticed.push_back(fmt::format("no file of it is larger than {} bytes", *size));
}

}  // namespace mmio_cts
