#include "suite/run/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "suite/contract/message.h"
#include "suite/contract/open_flags.h"
#include "suite/run/case_demands.h"
#include "suite/script/case_reader.h"
#include "suite/script/step_reader.h"

namespace mmio_cts {
namespace {

using nlohmann::json;

// Pieces in which a procedure's store is filled and looked at through the procedure itself.
constexpr std::int64_t look_size = 4096;

struct Impossible {
  std::string reason;
};

std::string lacks(Capability capability) {
  return fmt::format("the procedure lacks '{}'", capability_name(capability));
}

std::string replaced(std::string form, const std::string& name) {
  for (std::size_t at = form.find(name_placeholder); at != form.npos;
       at = form.find(name_placeholder, at + name.size()))
    form.replace(at, name_placeholder.size(), name);
  return form;
}

json data_document(const Bytes& bytes) {
  // A file is described by rule; prepared contents are short enough to be told byte by byte.
  json parts = json::array();
  for (std::size_t i = 0; i < bytes.size();) {
    std::size_t end = i + 1;
    const auto next_of_ramp = [&](std::size_t at) { return bytes[at] == bytes[at - 1] % 251 + 1; };
    while (end < bytes.size() && next_of_ramp(end)) ++end;
    if (bytes[i] >= 1 && bytes[i] <= 251)
      parts.push_back({{"pattern", "ramp"}, {"from", bytes[i] - 1}, {"size", end - i}});
    else
      parts.push_back({{"pattern", "fill"}, {"value", bytes[i]}, {"size", (end = i + 1) - i}});
    i = end;
  }
  return parts;
}

/// Writes the steps of a case anew, one after the other.
class StepWriter {
 public:
  /// `first_own` is the content that the case's first one becomes.
  StepWriter(const Case& one, const Profile& profile, std::size_t first_own = 0)
      : from_(one), profile_(profile), first_own_(first_own), to_(one) {
    to_.steps.clear();
    to_.step_documents.clear();
  }

  /// With the names sent and nothing else changed.
  Case with_names() {
    for (at_ = 0; at_ < from_.steps.size(); ++at_) keep();
    return std::move(to_);
  }

  Case adapt() {
    for (at_ = 0; at_ < from_.steps.size(); ++at_)
      std::visit([this](const auto& action) { take(action); }, from_.steps[at_].action);
    return std::move(to_);
  }

 private:
  bool can(Capability capability) const { return profile_.can.has(capability); }

  void take(const Send& send) {
    if (send.message == message::open && send.name && (send.flags & open_flag::remove) == 0)
      alive_.insert(send.file);
    if (send.message == message::close) alive_.erase(send.file);
    keep();
  }
  void take(const ReloadInfo&) { keep(); }
  void take(const TakeStock&) { keep(); }
  void take(const SetFault&) { keep(); }
  void take(const Restart&) {
    if (filled_ && !can(Capability::outlives_process)) throw Impossible{lacks(Capability::outlives_process)};
    alive_.clear();
    keep();
  }

  void take(const Prepare& prepare) {
    switch (prepare.kind) {
      case Prepare::Kind::content:
        if (profile_.own.empty()) return make_file(prepare);
        return use_own_content(prepare);
      case Prepare::Kind::file:
        return make_file(prepare);
      case Prepare::Kind::missing:
        return keep();
      case Prepare::Kind::full_store:
      case Prepare::Kind::unreadable_store:
        if (!can_fail_by_adapter(profile_.adapter) && !can(Capability::store))
          throw Impossible{"its store cannot be made to fail from outside"};
        return keep();
      case Prepare::Kind::directory_in_the_way:
      case Prepare::Kind::read_only:
      case Prepare::Kind::size_limit:
        return keep();
    }
  }

  void use_own_content(const Prepare& prepare) {
    const auto [known, is_new] =
        own_names_.try_emplace(prepare.name, (first_own_ + own_names_.size()) % profile_.own.size());
    const OwnContent& own = profile_.own[known->second];
    const auto size = static_cast<std::int64_t>(own.bytes.size());
    if (size < prepare.least)
      throw Impossible{fmt::format("its own content has {} bytes; the case needs {}", size, prepare.least)};
    keep();
    std::get<Prepare>(to_.steps.back().action).content = own.bytes;
    std::get<Prepare>(to_.steps.back().action).size = size;
  }

  void make_file(const Prepare& prepare) {
    if (profile_.largest && static_cast<std::int64_t>(prepare.content.size()) > *profile_.largest)
      throw Impossible{fmt::format("no file of it is larger than {} bytes", *profile_.largest)};
    if (profile_.adapter.put || can(Capability::store)) {
      filled_ = filled_ || profile_.adapter.put;
      keep();
      // A content is an ordinary file then.
      std::get<Prepare>(to_.steps.back().action).kind = Prepare::Kind::file;
      return;
    }
    if (!can(Capability::create) || !can(Capability::write) || !can(Capability::keeps_content))
      throw Impossible{"nothing can be put into its store from outside"};
    add({{"send", "OPEN"},
         {"file", "prepared"},
         {"name", prepare.name},
         {"flags", {"CREATE", can(Capability::read) ? "READWRITE" : "WRITE"}}});
    if (!prepare.content.empty())
      add({{"send", "WRITE"}, {"file", "prepared"}, {"data", data_document(prepare.content)}});
    add({{"send", "CLOSE"}, {"file", "prepared"}});
    filled_ = true;
  }

  void take(const Inspect& inspect) {
    if (profile_.adapter.view || can(Capability::store)) return keep();
    if (profile_.content == Content::none || !can(Capability::read))
      throw Impossible{"its store cannot be looked at"};
    if (std::any_of(from_.steps.begin() + static_cast<std::ptrdiff_t>(at_), from_.steps.end(),
                    [](const Step& step) {
                      const auto* send = std::get_if<Send>(&step.action);
                      return send == nullptr ? !std::holds_alternative<Inspect>(step.action)
                                             : send->message != message::close;
                    }))
      throw Impossible{"its store can only be looked at through itself, not in the middle of a case"};
    look_through_the_procedure(inspect);
  }

  void look_through_the_procedure(const Inspect& inspect) {
    if (!can(Capability::keeps_content)) throw Impossible{lacks(Capability::keeps_content)};
    if (can(Capability::outlives_process)) {
      if (!restarted_) add({{"restart", true}});
      restarted_ = true;
    } else if (!alive_.empty()) {
      throw Impossible{lacks(Capability::outlives_process)};
    }
    const std::string key = fmt::format("look {}", to_.steps.size());
    add({{"send", "OPEN"}, {"file", key}, {"name", inspect.name}, {"flags", {"READ"}}});
    if (inspect.exists == false) return;
    add({{"send", "READ"}, {"file", key}, {"size", look_size}, {"until", "end"}});
    add({{"send", "CLOSE"}, {"file", key}});
  }

  /// The step as it stands, but for names and adwInfo.
  void keep() {
    const Step& step = from_.steps[at_];
    if (names_nothing(step) && first_own_ == 0 && !restarted_) {
      to_.steps.push_back(step);
      to_.step_documents.push_back(from_.step_documents[at_]);
      return;
    }
    put(json::parse(from_.step_documents[at_]), step.requirement);
  }

  /// So that nothing in it depends on the candidate, as in most steps.
  static bool names_nothing(const Step& step) {
    const auto* send = std::get_if<Send>(&step.action);
    return send != nullptr && !send->name && send->message != message::open;
  }

  /// A step of ours in its place.
  void add(const json& document) { put(document, from_.steps[at_].requirement); }

  void put(json document, const std::string& requirement) {
    // After a look through the procedure in a new process nothing is open any more that could be closed.
    const bool is_close =
        document.value("send", "") == "CLOSE" && !document.value("file", "file").starts_with("look ");
    if (restarted_ && is_close) return;
    if (!can(Capability::read) && document.contains("flags"))
      for (json& flag : document.at("flags"))
        if (flag == "READWRITE") flag = "WRITE";
    // Files of one round are none of the next.
    if (const char* member = document.contains("reload_info") ? "reload_info" : "file";
        first_own_ > 0 && (document.contains("send") || document.contains("reload_info")))
      document[member] = fmt::format("{} {}", document.value(member, "file"), first_own_ + 1);
    Step step = read_step(document);
    step.pointer = from_.steps[at_].pointer;
    step.requirement = requirement;
    send_names(document, step);
    to_.steps.push_back(std::move(step));
    to_.step_documents.push_back(document.dump());
  }

  /// What stands for a case's name; none: NULL.
  std::optional<std::string> sent(const std::string& name) const {
    if (const auto own = own_names_.find(name); own != own_names_.end())
      return profile_.own[own->second].name;
    if (!profile_.names) return std::nullopt;
    return replaced(*profile_.names, name);
  }

  // Where NULL is sent the file keeps, for the judge and for a person, the name that it has in the case. An
  // adapter knows files by those names alone.
  void send_names(json& document, Step& step) const {
    const auto put_name = [&](const char* member, std::string& name, bool is_told = true) {
      name = sent(name).value_or(name);
      if (is_told) document[member] = name;
    };
    if (auto* send = std::get_if<Send>(&step.action); send != nullptr && send->name) {
      if (send->message == message::open && profile_.adapter.prepare_open)
        document["case_name"] = *send->name;
      send->sent_as_null = send->message == message::open && !send->adopts && !sent(*send->name);
      put_name("name", *send->name);
      if (send->sent_as_null) document["name"] = nullptr;
      if (send->message == message::rename) put_name("to", send->new_name);
      if (send->message == message::open && !document.contains("info")) document["info"] = profile_.info;
    } else if (auto* prepare = std::get_if<Prepare>(&step.action);
               prepare != nullptr && !prepare->name.empty()) {
      put_name("name", prepare->name, !profile_.adapter.put);
    } else if (auto* inspect = std::get_if<Inspect>(&step.action)) {
      put_name("inspect", inspect->name, !profile_.adapter.view);
    }
  }

  const Case& from_;
  const Profile& profile_;
  std::size_t first_own_;
  Case to_;
  std::size_t at_ = 0;
  std::map<std::string, std::size_t> own_names_;  // a case's name, and the index in Profile::own
  std::set<std::string> alive_;                   // keys of opens
  bool filled_ = false;                           // the store was, but not with files
  bool restarted_ = false;                        // to look at the store
};

std::string why_not(const Case& one, const Profile& profile, Abi abi) {
  if (std::find(one.abis.begin(), one.abis.end(), abi) == one.abis.end())
    return fmt::format("not on this ABI: {}", one.why_not_everywhere);
  const CaseDemands demands = demands_of(one);
  for (const Capability need : one.needs)
    if (!profile.can.has(need)) return lacks(need);
  for (const Capability need : demands.capabilities)
    if (!profile.can.has(need)) return lacks(need);
  for (const std::uint32_t message : demands.user_messages)
    if (profile.user_messages.contains(message))
      return fmt::format("{} is a message of the procedure's own", message_name(message));
  const bool tells_names_apart = (profile.adapter.prepare_open || profile.names.has_value()) &&
                                 !profile.can.has(Capability::serves_any_name);
  if (!tells_names_apart && (demands.names.size() > 1 || demands.renames) && profile.own.empty())
    return "the procedure does not tell names apart";
  for (const std::string& name : demands.names)
    if (profile.file_names.contains(name))
      return fmt::format("'{}' is the name of a file that is always there", name);
  return "";
}

// A case about a content is gone through with each that there is.
std::size_t rounds_of(const Case& one, const Profile& profile) {
  constexpr std::size_t most = 4;
  const bool reads_content = std::any_of(one.steps.begin(), one.steps.end(), [](const Step& step) {
    const auto* prepare = std::get_if<Prepare>(&step.action);
    return prepare != nullptr && prepare->kind == Prepare::Kind::content;
  });
  return reads_content ? std::clamp<std::size_t>(profile.own.size(), 1, most) : 1;
}

tl::expected<Case, std::string> adapt_to_content(const Case& one, const Profile& profile, std::size_t first,
                                                 const Contract& contract) {
  try {
    if (one.unbound.empty() || profile.own.empty()) return StepWriter(one, profile, first).adapt();
    const auto bound =
        bind_content(one, static_cast<std::int64_t>(profile.own[first].bytes.size()), contract);
    if (!bound)
      return tl::unexpected("makes no sense with the procedure's own content: " + bound.error().message);
    return StepWriter(*bound, profile, first).adapt();
  } catch (const Impossible& impossible) {
    return tl::unexpected(impossible.reason);
  }
}

void append(Case& to, Case more) {
  std::move(more.steps.begin(), more.steps.end(), std::back_inserter(to.steps));
  std::move(more.step_documents.begin(), more.step_documents.end(), std::back_inserter(to.step_documents));
}

}  // namespace

tl::expected<Case, std::string> adapt(const Case& one, const Profile& profile, Abi abi,
                                      const Contract& contract) {
  if (std::string reason = why_not(one, profile, abi); !reason.empty())
    return tl::unexpected(std::move(reason));
  std::optional<Case> adapted;
  std::string why_not_at_all;
  for (std::size_t round = 0; round < rounds_of(one, profile); ++round) {
    auto next = adapt_to_content(one, profile, round, contract);
    if (!next)
      why_not_at_all = next.error();
    else if (!adapted)
      adapted = std::move(*next);
    else
      append(*adapted, std::move(*next));
  }
  if (!adapted) return tl::unexpected(std::move(why_not_at_all));
  return std::move(*adapted);
}

Case with_sent_names(const Case& one, const Profile& profile) {
  return StepWriter(one, profile).with_names();
}

}  // namespace mmio_cts
