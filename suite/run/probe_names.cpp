// Names: which are taken, what is read under them, and what else OPEN looks at.
#include <fmt/format.h>

#include <algorithm>

#include "suite/contract/message.h"
#include "suite/run/probe_sequences.h"
#include "suite/run/prober.h"

namespace mmio_cts {

using namespace probe_sequences;

bool Prober::find_names() {
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
    if (found_.open_error.empty()) found_.open_error = reading().told_open("OPEN READ");
    if (std::any_of(tries_.begin(), tries_.end(), [](const ProbeOutcome& outcome) {
          return outcome.opened() || !outcome.ended().empty();
        })) {
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

void Prober::note_names() {
  if (manifest_.names) return;
  if (!profile_.names)
    found_.noticed.emplace_back("it takes NULL for a name, and no names");
  else if (*profile_.names != name_placeholder)
    found_.noticed.push_back(
        fmt::format("it opens elements of a container: names are sent as {}", *profile_.names));
}

void Prober::open_own() {
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

void Prober::read_own(const std::optional<std::string>& name) {
  Profile literal = profile_;
  literal.names = name;
  const ProbeOutcome first = send("reads all", reads_all, literal),
                     second = send("reads all again", reads_all, literal);
  if (!first.opened()) {
    const std::string why =
        told(fmt::format("OPEN READ of '{}'", name.value_or("NULL")), first.result(message::open));
    found_.not_opened.push_back(why);
    if (found_.open_error.empty()) found_.open_error = why;
    return;
  }
  found_.opened = true;
  const Bytes bytes = first.read();
  if (refuses(first.result(message::read))) return;
  constexpr std::size_t endless = 16 << 20;
  if (bytes != second.read() || bytes.size() >= endless) {
    profile_.content = Content::none;
    found_.noticed.emplace_back(bytes.size() >= endless
                                    ? "what it has to read does not end within 16 MiB"
                                    : "what it has to read changes from one OPEN to the next");
  }
  seekable_ = seekable_ || !refuses(first.result(message::seek));
  profile_.own.push_back({name, bytes});
}

void Prober::find_kinds_of_names() {
  bool null = !profile_.names;
  if (!null) {
    const ProbeOutcome opening = send("opens NULL", opens_null);
    survives_null_ = opening.ended().empty();
    null = opening.opened() || (can(Capability::create) && send("creates NULL", creates_null).opened());
  }
  set(Capability::null_name, null);
  if (!profile_.names) return absent(Capability::element_names, "it takes no names");
  const std::string name = "probe.abc+one";
  const std::string flags = can(Capability::create) ? fmt::format(R"("CREATE", "{}")", creating_mode())
                                                    : fmt::format(R"("{}")", plain_mode());
  const ProbeOutcome opening =
      send("opens elements",
           (can(Capability::create) || !can_make_files() ? "" : there_is(name) + ",") +
               fmt::format(R"({{"send": "OPEN", "name": "{}", "flags": [{}]}}, {{"send": "CLOSE"}})", name,
                           flags));
  int opens = 0;
  while (opening.result(message::open, opens)) ++opens;
  if (opens > 0 && !opening.opened(opens - 1))
    return absent(Capability::element_names,
                  told("OPEN of 'probe.abc+one'", opening.result(message::open, opens - 1)));
  if (!can(Capability::create) || !can(Capability::read) || !can(Capability::keeps_content)) return;
  const ProbeOutcome apart =
      send("tells elements apart",
           created(name) + R"(, {"send": "OPEN", "name": "probe.abc+two", "flags": ["CREATE", "READWRITE"]},
             {"send": "CLOSE"}, {"send": "OPEN", "name": "probe.abc+one", "flags": ["READ"]},
             {"send": "READ", "size": 60}, {"send": "CLOSE"})");
  if (apart.opened(0) && apart.opened(1) && apart.opened(2) && apart.result(message::read) == 0)
    absent(Capability::element_names, "what comes after a '+' in a name makes no difference");
}

void Prober::find_use_of_info() {
  set(Capability::ignores_info, false);
  if (is_declared(Capability::ignores_info) || profile_.info != decltype(profile_.info){} ||
      profile_.adapter.prepare_open)
    return;
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
  set(Capability::ignores_info, with.opened() == without.opened() && with.opened() && with.ended().empty() &&
                                    with.read() == without.read());
}

void Prober::find_adoption() {
  set(Capability::adopts_handle, false);
  // Where adwInfo holds a pointer, or NULL is no name, a handle would do nothing but harm.
  const bool may_be_offered = profile_.info == decltype(profile_.info){} && !profile_.adapter.prepare_open &&
                              can(Capability::read) && survives_null_;
  if (is_declared(Capability::adopts_handle) || !may_be_offered) return;
  const ProbeOutcome adopting = send("adopts a handle", adopts);
  set(Capability::adopts_handle, adopting.opened() && adopting.read() == ramp(50));
}

}  // namespace mmio_cts
