#include "suite/run/probe.h"

#include <fmt/format.h>

#include <algorithm>

#include "suite/contract/error_code.h"
#include "suite/contract/message.h"
#include "suite/run/probe_script.h"

namespace mmio_cts {
namespace {

// Every file is written with the ramp: 40 bytes, then 20; one that is prepared has 100.
constexpr const char* reads = R"(
  {"prepare": "file", "name": "probe_it.dat", "content": {"pattern": "ramp", "size": 100}},
  {"send": "OPEN", "name": "probe_it.dat", "flags": ["READ"]},
  {"send": "READ", "size": 50},
  {"send": "SEEK", "offset": 20, "origin": "SET"},
  {"send": "CLOSE"})";
constexpr const char* creates = R"(
  {"send": "OPEN", "name": "probe_it.dat", "flags": ["CREATE", "READWRITE"]},
  {"send": "WRITE", "data": {"pattern": "ramp", "size": 40}},
  {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 20, "from": 40}},
  {"send": "SEEK", "offset": 0, "origin": "SET"},
  {"send": "READ", "size": 50},
  {"send": "CLOSE"},
  {"inspect": "probe_it.dat"})";
constexpr const char* creates_for_writing = R"(
  {"send": "OPEN", "name": "probe_it.dat", "flags": ["CREATE", "WRITE"]},
  {"send": "WRITE", "data": {"pattern": "ramp", "size": 40}},
  {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 20, "from": 40}},
  {"send": "SEEK", "offset": 30, "origin": "SET"},
  {"send": "CLOSE"},
  {"inspect": "probe_it.dat"})";
constexpr const char* writes = R"(
  {"prepare": "file", "name": "probe_it.dat", "content": {"pattern": "ramp", "size": 100}},
  {"send": "OPEN", "name": "probe_it.dat", "flags": ["READWRITE"]},
  {"send": "WRITE", "data": {"pattern": "ramp", "size": 40}},
  {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 20, "from": 40}},
  {"send": "CLOSE"})";
constexpr const char* writes_only = R"(
  {"prepare": "file", "name": "probe_it.dat", "content": {"pattern": "ramp", "size": 100}},
  {"send": "OPEN", "name": "probe_it.dat", "flags": ["WRITE"]},
  {"send": "WRITE", "data": {"pattern": "ramp", "size": 40}},
  {"send": "WRITEFLUSH", "data": {"pattern": "ramp", "size": 20, "from": 40}},
  {"send": "CLOSE"})";
constexpr const char* opens_anything = R"(
  {"send": "OPEN", "name": "probe_no.dat", "flags": ["READ"]},
  {"send": "READ", "size": 50},
  {"send": "CLOSE"},
  {"inspect": "probe_no.dat"})";
constexpr const char* reads_all = R"(
  {"send": "OPEN", "name": "content", "flags": ["READ"]},
  {"send": "READ", "size": 4096, "until": "end"},
  {"send": "SEEK", "offset": 2, "origin": "SET"},
  {"send": "CLOSE"})";
constexpr const char* opens_null = R"(
  {"send": "OPEN", "name": null, "flags": ["READ"]},
  {"send": "CLOSE"})";
constexpr const char* creates_null = R"(
  {"send": "OPEN", "name": null, "flags": ["CREATE", "READWRITE"]},
  {"send": "CLOSE"})";
constexpr const char* grows = R"(
  {"prepare": "file", "name": "probe_it.dat", "content": {"pattern": "ramp", "size": 100}},
  {"send": "OPEN", "name": "probe_it.dat", "flags": ["READWRITE"]},
  {"send": "SEEK", "offset": 0, "origin": "END"},
  {"send": "WRITE", "data": {"pattern": "ramp", "size": 20}},
  {"send": "CLOSE"})";

bool refuses(std::optional<std::int64_t> result) { return result && (*result < 0 || *result == 0xFFFFFFFF); }

std::string told(const std::string& what, std::optional<std::int64_t> result) {
  return result ? fmt::format("{} answered {}", what, describe_error_code(*result))
                : fmt::format("{} did not come back", what);
}

// Data that has nothing in common with what was written is another content, or encoded; a fault that loses, shifts or
// damages data leaves some of it.
bool is_foreign(const Bytes& data, const Bytes& written) {
  constexpr std::ptrdiff_t enough_in_common = 6;
  if (data.size() < 8) return false;
  for (auto at = written.begin(); written.end() - at >= enough_in_common; ++at)
    if (std::search(data.begin(), data.end(), at, at + enough_in_common) != data.end()) return false;
  return true;
}

class Prober {
 public:
  Prober(CaseRunner& runner, const Contract& contract, const Manifest& manifest, const AdapterFunctions& adapter)
      : runner_(runner), contract_(contract), manifest_(manifest) {
    profile_.adapter = adapter;
    profile_.info = manifest.info;
    profile_.largest = manifest.largest;
    profile_.user_messages = manifest.user_messages;
    for (const auto& file : manifest.files) profile_.file_names.insert(file.filename().string());
    for (const auto& [capability, value] : manifest.capabilities) profile_.can.set(capability, value);
  }

  Probed find_out() {
    if (!find_names()) return std::move(found_);
    find_store_and_content();
    find_reading_and_writing();
    find_keeping();
    find_several_opens();
    find_renaming_and_deleting();
    find_kinds_of_names();
    find_use_of_info();
    set(Capability::adopts_handle, false);  // not tried: no handle is offered to it
    if (manifest_.content) profile_.content = *manifest_.content;
    return std::move(found_);
  }

 private:
  ProbeOutcome send(const std::string& title, const std::string& steps, const Profile& profile) {
    ProbeOutcome outcome(runner_, contract_, profile, title, steps);
    if (const std::string ended = outcome.ended();
        !ended.empty() && std::find(found_.ended.begin(), found_.ended.end(), ended) == found_.ended.end())
      found_.ended.push_back(ended);
    return outcome;
  }
  ProbeOutcome send(const std::string& title, const std::string& steps) { return send(title, steps, profile_); }

  bool can(Capability capability) const { return profile_.can.has(capability); }

  bool is_declared(Capability capability) const { return manifest_.capabilities.contains(capability); }

  /// What is declared stands.
  void set(Capability capability, bool value) {
    if (!is_declared(capability)) profile_.can.set(capability, value);
  }
  void absent(Capability capability, std::string why) {
    if (is_declared(capability)) return;
    profile_.can.set(capability, false);
    found_.absent.emplace_back(capability, std::move(why));
  }

  /// What becomes of a name until something can be opened: as it is, as an element, NULL.
  bool find_names() {
    open_own();
    std::vector<std::optional<std::string>> forms = {std::string(name_placeholder)};
    if (manifest_.names)
      forms = {*manifest_.names};
    else if (!profile_.adapter.prepare_open)
      forms.insert(forms.end(), {fmt::format("container.abc+{}", name_placeholder), std::nullopt});
    for (const auto& form : forms) {
      profile_.names = form;
      tries_.clear();
      for (const auto& [title, steps] : {std::pair{"reads", reads}, std::pair{"creates", creates},
                                         std::pair{"creates for writing", creates_for_writing},
                                         std::pair{"writes", writes}, std::pair{"writes only", writes_only}}) {
        tries_.push_back(send(title, steps));
        if (found_.load_error = tries_.back().load_error(); !found_.load_error.empty()) {
          found_.opens = false;
          return false;
        }
      }
      for (const ProbeOutcome& outcome : tries_) found_.opened = found_.opened || outcome.opened();
      if (found_.open_error.empty()) found_.open_error = told("OPEN READ", reading().result(message::open));
      if (std::any_of(tries_.begin(), tries_.end(),
                      [](const ProbeOutcome& outcome) { return outcome.opened() || !outcome.ended().empty(); })) {
        note_names();
        return true;
      }
    }
    profile_.names = forms.front();
    tries_.clear();
    if (manifest_.open.empty())
      found_.open_error = "every OPEN fails (" + found_.open_error +
                          (forms.size() > 1 ? "), also as an element and without a name" : ")");
    found_.opens = !profile_.own.empty();
    return found_.opens;
  }

  void note_names() {
    if (manifest_.names) return;
    if (!profile_.names)
      found_.noticed.emplace_back("it takes NULL for a name, and no names");
    else if (*profile_.names != name_placeholder)
      found_.noticed.push_back(fmt::format("it opens elements of a container: names are sent as {}", *profile_.names));
  }

  const ProbeOutcome& reading() const { return tries_[0]; }
  const ProbeOutcome& creating() const { return tries_[1].opened() ? tries_[1] : tries_[2]; }
  const ProbeOutcome& writing() const { return tries_[3].opened() ? tries_[3] : tries_[4]; }
  bool ended(std::initializer_list<int> tries) const {
    return std::any_of(tries.begin(), tries.end(),
                       [&](int i) { return !tries_[static_cast<std::size_t>(i)].ended().empty(); });
  }

  /// Reads all that there is under a name, twice: what changes from one OPEN to the next, or has no end, is no content
  /// that could be compared.
  void read_own(const std::optional<std::string>& name) {
    Profile literal = profile_;
    literal.names = name;
    const ProbeOutcome first = send("reads all", reads_all, literal), second = send("reads all again", reads_all, literal);
    if (!first.opened()) {
      const std::string why =
          told(fmt::format("OPEN READ of '{}'", name.value_or("NULL")), first.result(message::open));
      found_.noticed.push_back(why);
      if (found_.open_error.empty()) found_.open_error = why;
      return;
    }
    found_.opened = true;
    const Bytes bytes = first.read();
    if (refuses(first.result(message::read))) return;
    constexpr std::size_t endless = 16 << 20;
    if (bytes != second.read() || bytes.size() >= endless) {
      profile_.content = Content::none;
      found_.noticed.emplace_back(bytes.size() >= endless ? "what it has to read does not end within 16 MiB"
                                                          : "what it has to read changes from one OPEN to the next");
    }
    seekable_ = seekable_ || !refuses(first.result(message::seek));
    profile_.own.push_back({name, bytes});
  }

  void open_own() {
    for (const std::string& name : manifest_.open) read_own(name);
    // The more there is the more can be shown with it, up to a size that takes its time.
    constexpr std::size_t large = 1 << 20;
    std::stable_sort(profile_.own.begin(), profile_.own.end(), [](const OwnContent& a, const OwnContent& b) {
      const bool a_is_large = a.bytes.size() > large, b_is_large = b.bytes.size() > large;
      return a_is_large != b_is_large ? b_is_large : a.bytes.size() > b.bytes.size();
    });
    if (profile_.own.empty()) return;
    found_.noticed.push_back(fmt::format("it has content of its own: {} bytes under '{}'",
                                         profile_.own.front().bytes.size(), *profile_.own.front().name));
    if (profile_.content == Content::exact) profile_.content = Content::opaque;
  }

  /// Whether names are plain files in the working directory, and what is in them. A file that was made just as it was
  /// written speaks for that, whatever else is odd: then that is to be judged.
  void find_store_and_content() {
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
    const bool is_plain = closed && made && made->exists && !is_encoded && !made->content.empty();
    const bool nothing_appears = anything.opened() && !(anything.file() && anything.file()->exists);
    const bool encodes = is_encoded && refuses_reading();  // where it can be read back, that tells whether it is a fault
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

    const bool serves_any = nothing_appears && !is_plain && (!anything.read().empty() || !can(Capability::store));
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

  /// Neither a file that is there nor one of its own making can be read.
  bool refuses_reading() const {
    const auto answers = [](const ProbeOutcome& outcome) {
      const auto result = outcome.opened() ? outcome.result(message::read) : std::nullopt;
      return result && !refuses(result);
    };
    return !answers(reading()) && !answers(tries_[1]) && profile_.own.empty() && !ended({0, 1});
  }

  void find_reading_and_writing() {
    if (tries_.empty()) {
      for (const Capability capability : {Capability::write, Capability::create, Capability::growable})
        absent(capability, "it opens nothing but its own content");
      if (!seekable_) absent(Capability::seekable, "SEEK answered an error");
      return;
    }
    if (refuses_reading())
      absent(Capability::read, reading().opened()
                                   ? told("READ", reading().result(message::read))
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

  void find_growing() {
    if (!can(Capability::write)) return absent(Capability::growable, "it does not write");
    if (can(Capability::create)) return;
    const ProbeOutcome growing = send("grows", grows);
    const auto written = growing.result(message::write);
    if (!growing.opened() || !written || *written > 0) return;
    absent(Capability::growable, told("WRITE at the end", written));
    find_largest();
  }

  // A store that does not grow may be of one size.
  void find_largest() {
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

  /// A mode in which what was created can be opened again.
  const char* plain_mode() const { return can(Capability::read) ? "READ" : "WRITE"; }
  const char* creating_mode() const { return can(Capability::read) ? "READWRITE" : "WRITE"; }

  std::string created(const std::string& name) const {
    return fmt::format(R"({{"send": "OPEN", "name": "{0}", "flags": ["CREATE", "{1}"]}},
      {{"send": "WRITE", "data": {{"pattern": "ramp", "size": 60}}}}, {{"send": "CLOSE"}})",
                       name, creating_mode());
  }

  /// A file, made from outside where that is possible.
  std::string there_is(const std::string& name) const {
    if (!profile_.adapter.put && !can(Capability::store)) return created(name);
    return fmt::format(R"({{"prepare": "file", "name": "{}", "content": {{"pattern": "ramp", "size": 60}}}})", name);
  }
  bool can_make_files() const {
    return profile_.adapter.put || can(Capability::store) ||
           (can(Capability::create) && can(Capability::keeps_content));
  }

  // Where names are plain files, what is missing at the next OPEN was lost by a fault.
  void find_keeping() {
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
    const std::string opened_again = fmt::format(
        R"({{"send": "OPEN", "name": "probe_kp.dat", "flags": ["{}"]}},{} {{"send": "CLOSE"}})", plain_mode(),
        can(Capability::read) ? R"({"send": "READ", "size": 60},)" : "");
    const ProbeOutcome keeping =
        send("keeps", created("probe_kp.dat") + "," + opened_again + R"(, {"restart": true},)" + opened_again);
    const auto is_kept = [&](int open) {
      return keeping.opened(open) && (!can(Capability::read) || !keeping.read(open).empty());
    };
    if (!keeping.ended().empty()) return;
    if (!is_kept(1)) absent(Capability::keeps_content, "a file that it created is empty or gone at the next OPEN");
    if (!is_kept(2)) absent(Capability::outlives_process, "a file that it created is empty or gone in the next process");
  }

  void find_several_opens() {
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
  static std::string two_opens(const std::string& before, const std::string& first, const std::string& second,
                               const std::string& flags) {
    return fmt::format(R"({}{{"send": "OPEN", "file": "one", "name": "{}", "flags": [{}]}},
      {{"send": "OPEN", "file": "two", "name": "{}", "flags": [{}]}},
      {{"send": "CLOSE", "file": "two"}}, {{"send": "CLOSE", "file": "one"}})",
                       before, first, flags, second, flags);
  }
  // The OPENs that made files come first.
  void judge_second_open(const ProbeOutcome& two) {
    int opens = 0;
    while (two.result(message::open, opens)) ++opens;
    if (opens >= 2 && two.opened(opens - 2) && !two.opened(opens - 1))
      absent(Capability::multi_open, told("a second OPEN", two.result(message::open, opens - 1)));
  }

  void find_renaming_and_deleting() {
    if (!can_make_files() || !profile_.names) absent(Capability::rename, "no file can be made for it to rename");
    if (!can_make_files()) return absent(Capability::remove, "no file can be made for it to delete");
    const bool looks = profile_.adapter.view || can(Capability::store);
    const auto then = [&](const std::string& name) {
      return looks ? fmt::format(R"({{"inspect": "{}"}})", name)
                   : fmt::format(R"({{"send": "OPEN", "name": "{}", "flags": ["{}"]}}, {{"send": "CLOSE"}})", name,
                                 plain_mode());
    };
    const auto is_there = [&](const ProbeOutcome& outcome) {
      if (looks) return outcome.file() && outcome.file()->exists;
      int opens = 0;
      while (outcome.result(message::open, opens)) ++opens;
      return opens > 0 && outcome.opened(opens - 1);
    };
    if (profile_.names) {
      const ProbeOutcome renaming = send("renames", there_is("probe_a.dat") +
                                                        R"(, {"send": "RENAME", "name": "probe_a.dat", "to": "probe_b.dat"},)" +
                                                        then("probe_b.dat"));
      if (renaming.result(message::rename) && !is_there(renaming))
        absent(Capability::rename, told("RENAME of a file that is there", renaming.result(message::rename)) +
                                       ", and the new name is not there");
    }
    // A procedure that writes files and confirms a deletion is held to it; one that does not may not know the flag.
    const ProbeOutcome deleting =
        send("deletes", there_is("probe_a.dat") + R"(, {"send": "OPEN", "name": "probe_a.dat", "flags": ["DELETE"]},)" +
                            then("probe_a.dat"));
    const int at = profile_.adapter.put || can(Capability::store) ? 0 : 1;
    const auto deleted = deleting.result(message::open, at);
    const bool confirms = deleted == 0 && can(Capability::write) && looks;
    if (deleted && is_there(deleting) && !confirms)
      absent(Capability::remove, told("OPEN DELETE", deleted) + ", and the file is still there");
  }

  void find_kinds_of_names() {
    const bool null = !profile_.names || send("opens NULL", opens_null).opened() ||
                      (can(Capability::create) && send("creates NULL", creates_null).opened());
    set(Capability::null_name, null);
    if (!profile_.names) return absent(Capability::element_names, "it takes no names");
    const std::string name = "probe.abc+one";
    const std::string flags = can(Capability::create) ? fmt::format(R"("CREATE", "{}")", creating_mode())
                                                      : fmt::format(R"("{}")", plain_mode());
    const ProbeOutcome opening = send(
        "opens elements", (can(Capability::create) || !can_make_files() ? "" : there_is(name) + ",") +
                              fmt::format(R"({{"send": "OPEN", "name": "{}", "flags": [{}]}}, {{"send": "CLOSE"}})",
                                          name, flags));
    int opens = 0;
    while (opening.result(message::open, opens)) ++opens;
    if (opens > 0 && !opening.opened(opens - 1))
      absent(Capability::element_names, told("OPEN of 'probe.abc+one'", opening.result(message::open, opens - 1)));
  }

  // What it does with numbers that it does not expect is its own affair: it is only noted.
  void find_use_of_info() {
    set(Capability::ignores_info, false);
    if (is_declared(Capability::ignores_info) || profile_.info != decltype(profile_.info){} || profile_.adapter.prepare_open) return;
    Profile with_info = profile_;
    with_info.info = {2, 0xDEADBEEF, 0xFFFFFFFF};
    const auto read = [&](const Profile& profile) {
      if (!profile_.own.empty() && !can_make_files()) {
        Profile own = profile;
        own.names = own.own.front().name;
        return ProbeOutcome(runner_, contract_, own, "reads with adwInfo", reads_all);
      }
      return ProbeOutcome(runner_, contract_, profile, "creates with adwInfo",
                          can(Capability::create) ? (can(Capability::read) ? creates : creates_for_writing)
                          : can(Capability::read) ? reads
                                                  : writes_only);
    };
    const ProbeOutcome without = read(profile_), with = read(with_info);
    set(Capability::ignores_info, with.opened() == without.opened() && with.opened() &&
                                                   with.ended().empty() && with.read() == without.read());
  }

  CaseRunner& runner_;
  const Contract& contract_;
  const Manifest& manifest_;
  Probed found_;
  Profile& profile_ = found_.profile;
  std::vector<ProbeOutcome> tries_;  // reads, creates, creates for writing, writes, writes only
  bool seekable_ = false;            // its own content is
};

}  // namespace

Probed probe(CaseRunner& runner, const Contract& contract, const Manifest& manifest, const AdapterFunctions& adapter) {
  return Prober(runner, contract, manifest, adapter).find_out();
}

}  // namespace mmio_cts
