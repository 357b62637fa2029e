#include "suite/script/step.h"

#include <fmt/format.h>

#include "suite/contract/message.h"
#include "suite/contract/open_flags.h"

namespace mmio_cts {
namespace {

constexpr std::string_view prepare_kinds[] = {
    "content",   "file",      "missing", "full_store", "unreadable_store", "directory_in_the_way",
    "read_only", "size_limit"};

std::string origin_name(std::int64_t origin) {
  constexpr std::string_view names[] = {"SET", "CUR", "END"};
  return origin >= 0 && origin < 3 ? std::string(names[origin]) : fmt::format("origin {}", origin);
}

std::string quoted(const std::optional<std::string>& name) {
  return name ? fmt::format("'{}'", *name) : "NULL";
}

std::string describe_message(const Send& send) {
  const std::string name = message_name(send.message);
  const std::string file = send.file == "file" ? "" : fmt::format(" [{}]", send.file);
  switch (send.message) {
    case message::open:
      return fmt::format(
          "{} {} {}{}", name,
          send.sent_as_null ? fmt::format("NULL for {}", quoted(send.name)) : quoted(send.name),
          describe_open_flags(send.flags), file);
    case message::close:
      return fmt::format("{}{}{}", name, send.flags == 0 ? "" : fmt::format(" flags 0x{:X}", send.flags),
                         file);
    case message::read:
      return fmt::format("{} {} bytes{}{}", name, send.count, send.until_end ? " until the end" : "", file);
    case message::write:
    case message::write_flush:
      return fmt::format("{} {} bytes{}", name, send.count, file);
    case message::seek:
      return fmt::format("{} {} from {}{}", name, send.offset, origin_name(send.origin), file);
    case message::rename:
      return fmt::format("{} {} to '{}'", name, quoted(send.name), send.new_name);
    default:
      return fmt::format("{} ({}, 0x{:X}){}", name,
                         send.param1_is_memory ? "memory" : fmt::format("0x{:X}", send.param1), send.param2,
                         file);
  }
}

std::string describe_action(const Send& send) {
  std::string text = describe_message(send);
  if (send.procedure_is_set) text += " with pIOProc set";
  if (send.in_managers_buffer) text += " in pchBuffer";
  if (send.handle) text += fmt::format(" with hmmio 0x{:X}", *send.handle);
  switch (send.thread) {
    case SentFrom::same:
      break;
    case SentFrom::other:
      return text + " on another thread";
    case SentFrom::meanwhile:
      return text + " meanwhile, on another thread";
  }
  return text;
}

std::string describe_action(const Prepare& prepare) {
  if (prepare.kind == Prepare::Kind::size_limit)
    return fmt::format("prepare a size limit of {} bytes", prepare.size);
  const std::string size = prepare.content.empty() ? "" : fmt::format(", {} bytes", prepare.content.size());
  return fmt::format("prepare {} '{}'{}", prepare_kind_name(prepare.kind), prepare.name, size);
}

std::string describe_action(const Inspect& inspect) { return fmt::format("inspect '{}'", inspect.name); }
std::string describe_action(const ReloadInfo& reload) {
  return fmt::format("reload MMIOINFO{}", reload.file == "file" ? "" : fmt::format(" [{}]", reload.file));
}

std::string describe_action(const TakeStock&) { return "take stock of what the process holds"; }
std::string describe_action(const SetFault& set) {
  if (!set.fault) return "no fault any more";
  const Fault& fault = *set.fault;
  const auto name = [](const auto& names, auto value) { return names[static_cast<std::size_t>(value)]; };
  std::string text = fmt::format("fault: {} {}{}: {}", set.each ? "each" : fmt::format("the {}.", fault.nth),
                                 name(os_call_names, fault.on), fault.lasting ? " and all after it" : "",
                                 name(fault_names, fault.kind));
  if (fault.kind == FaultKind::short_transfer) text += fmt::format(" transfer of {} bytes", fault.amount);
  if (fault.kind == FaultKind::delay) text += fmt::format(" of {} ms", fault.amount);
  return text;
}

std::string describe_action(const Restart&) { return "restart: the process ends without CLOSE"; }

}  // namespace

std::string_view prepare_kind_name(Prepare::Kind kind) { return prepare_kinds[static_cast<int>(kind)]; }

bool is_sent_meanwhile(const Step& step) {
  const auto* send = std::get_if<Send>(&step.action);
  return send != nullptr && send->thread == SentFrom::meanwhile;
}

std::string describe(const Step& step) {
  return std::visit([](const auto& action) { return describe_action(action); }, step.action);
}

}  // namespace mmio_cts
