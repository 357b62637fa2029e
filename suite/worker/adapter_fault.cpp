#include "suite/worker/adapter_fault.h"

#include "suite/contract/message.h"

namespace mmio_cts {
namespace {

/// What an adapter calls it; none if it has no name for it.
std::optional<std::uint32_t> message_of(OsCallKind kind) {
  switch (kind) {
    case OsCallKind::open:
      return message::open;
    case OsCallKind::read:
      return message::read;
    case OsCallKind::write:
      return message::write;
    default:
      return std::nullopt;
  }
}

bool needs(const Send& send, std::uint32_t operation) {
  const bool writes = send.message == message::write || send.message == message::write_flush;
  if (operation == message::open) return send.message == message::open;
  return send.count > 0 && (operation == message::write ? writes : send.message == operation);
}

}  // namespace

std::string AdapterFault::set(const std::optional<Fault>& fault) {
  disarm();
  fault_.reset();
  messages_ = 0;
  if (!fault) return "";
  if (fault->kind >= FaultKind::interrupted || !message_of(fault->on))
    return "the adapter makes opens, reads and writes fail, and nothing else";
  fault_ = fault;
  return "";
}

void AdapterFault::disarm() {
  if (!armed_.empty()) adapter_.fail_next(armed_, *message_of(fault_->on), 0);
  armed_.clear();
}

std::optional<OsCall> AdapterFault::before(const Send& send) {
  if (send.message == message::open)
    names_[send.file] = send.case_name.empty() ? send.name.value_or("") : send.case_name;
  if (!fault_) return std::nullopt;
  const std::uint32_t operation = *message_of(fault_->on);
  if (!needs(send, operation)) return std::nullopt;
  const std::int64_t number = ++messages_;
  if (fault_->lasting ? number < fault_->nth : number != fault_->nth) return std::nullopt;
  constexpr int once = 1, for_good = -1;
  const std::string& name = names_[send.file];
  if (!adapter_.fail_next(name, operation, fault_->lasting ? for_good : once)) return std::nullopt;
  armed_ = name;
  OsCall call;
  call.kind = fault_->on;
  call.injected = true;
  call.name = name;
  return call;
}

}  // namespace mmio_cts
