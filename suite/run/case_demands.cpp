#include "suite/run/case_demands.h"

#include <algorithm>
#include <map>

#include "suite/contract/message.h"
#include "suite/contract/open_flags.h"

namespace mmio_cts {
namespace {

class Demands {
 public:
  CaseDemands of(const Case& one) {
    reads_ = std::any_of(one.steps.begin(), one.steps.end(), [](const Step& step) {
      const auto* send = std::get_if<Send>(&step.action);
      return send != nullptr && send->message == message::read;
    });
    for (const Step& step : one.steps) std::visit([this](const auto& action) { note(action); }, step.action);
    return std::move(found_);
  }

 private:
  void note(const Send& send) {
    if (send.message >= message::user) found_.user_messages.insert(send.message);
    if (send.message == message::open) note_open(send);
    if (send.message == message::close) alive_.erase(send.file);
    if (send.message != message::rename || !send.name) return;
    found_.renames = true;
    note_name(*send.name);
    note_name(send.new_name);
  }
  void note(const Prepare& prepare) {
    if (prepare.kind == Prepare::Kind::size_limit || prepare.kind == Prepare::Kind::read_only ||
        prepare.kind == Prepare::Kind::directory_in_the_way)
      need(Capability::store);
    if (!prepare.name.empty()) note_name(prepare.name);
  }
  void note(const Inspect& inspect) { note_name(inspect.name); }
  void note(const ReloadInfo&) {}
  void note(const TakeStock&) {}
  void note(const SetFault&) {}
  void note(const Restart&) {
    alive_.clear();
    if (!created_.empty()) need(Capability::outlives_process);
  }

  void note_open(const Send& send) {
    if (std::any_of(send.info.begin(), send.info.end(), [](std::uint32_t value) { return value != 0; }))
      need(Capability::ignores_info);
    if (!send.name) return;
    note_name(*send.name);
    // These leave nothing open.
    if ((send.flags & (open_flag::remove | open_flag::parse | open_flag::exist)) != 0) return;
    switch (send.flags & open_flag::mode_mask) {
      case open_flag::read:
        need(Capability::read);
        break;
      case open_flag::write:
        need(Capability::write);
        break;
      default:
        // Where nothing is read the right to write will do; see adapt().
        if (reads_) need(Capability::read);
        need(Capability::write);
    }
    if ((send.flags & open_flag::create) != 0) {
      need(Capability::create);
      created_.insert(*send.name);
    } else if (created_.contains(*send.name)) {
      need(Capability::keeps_content);
    }
    alive_.insert(send.file);
    if (alive_.size() > 1) need(Capability::multi_open);
  }

  void note_name(const std::string& name) {
    found_.names.insert(name);
    if (name.find('/') != std::string::npos) need(Capability::store);
    if (name.find('+') != std::string::npos) need(Capability::element_names);
  }

  void need(Capability capability) { found_.capabilities.insert(capability); }

  CaseDemands found_;
  bool reads_ = false;
  std::set<std::string> alive_;    // keys of opens
  std::set<std::string> created_;  // names
};

}  // namespace

CaseDemands demands_of(const Case& one) { return Demands().of(one); }

}  // namespace mmio_cts
