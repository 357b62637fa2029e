#include "suite/script/step_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "suite/contract/error_code.h"
#include "suite/contract/message.h"
#include "suite/contract/open_flags.h"

namespace mmio_cts {
namespace {

using nlohmann::json;

constexpr std::string_view verbs[] = {"send",       "prepare", "inspect", "reload_info",
                                      "take_stock", "fault",   "restart", "repeat"};

std::uint32_t flags_from(const json& document) {
  std::uint32_t flags = 0;
  for (const json& flag : document) {
    if (flag.is_number()) {
      flags |= flag.get<std::uint32_t>();
    } else if (const auto value = open_flag_value(flag.get<std::string>())) {
      flags |= *value;
    } else {
      throw std::invalid_argument(fmt::format("unknown flag '{}'", flag.get<std::string>()));
    }
  }
  return flags;
}

std::int64_t result_from(const json& document) {
  if (document.is_number()) return document.get<std::int64_t>();
  const std::string name = document;
  if (const auto code = error_code_value(name)) return *code;
  throw std::invalid_argument(fmt::format(
      "unknown result '{}'; a number, 'error', 'nonzero' or an error code such as 'MMIOERR_CANNOTOPEN'",
      name));
}

ExpectedResult returns_from(const json& document) {
  if (document.is_object()) return {ExpectedResult::Kind::range, {document.at("min"), document.at("max")}};
  if (document == "error") return {ExpectedResult::Kind::error, {}};
  if (document == "nonzero") return {ExpectedResult::Kind::nonzero, {}};
  ExpectedResult expected{ExpectedResult::Kind::one_of, {}};
  if (document.is_array())
    for (const json& value : document) expected.values.push_back(result_from(value));
  else
    expected.values.push_back(result_from(document));
  return expected;
}

std::int64_t origin_from(const json& document) {
  if (document.is_number()) return document.get<std::int64_t>();
  constexpr std::string_view names[] = {"SET", "CUR", "END"};
  const std::string name = document;
  for (std::int64_t i = 0; i < 3; ++i)
    if (names[i] == name) return i;
  throw std::invalid_argument(fmt::format("unknown origin '{}'; SET, CUR, END or a number", name));
}

SentFrom thread_from(const std::string& name) {
  if (name == "same") return SentFrom::same;
  if (name == "other") return SentFrom::other;
  if (name == "meanwhile") return SentFrom::meanwhile;
  throw std::invalid_argument(fmt::format("unknown thread '{}'; same, other, meanwhile", name));
}

void read_expectation(const json& document, Send& send) {
  if (document.contains("returns")) send.returns = returns_from(document.at("returns"));
  if (document.contains("disk_offset")) send.disk_offset = document.at("disk_offset").get<std::int64_t>();
  if (document.contains("data")) send.read_data = bytes_from(document.at("data"));
}

Send send_from(const json& document) {
  Send send;
  const std::string name = document.at("send");
  const auto number = message_number(name);
  if (!number)
    throw std::invalid_argument(
        fmt::format("unknown message '{}'; OPEN, CLOSE, READ, WRITE, WRITEFLUSH, SEEK, RENAME, "
                    "USER+n or a number as 0x1000",
                    name));
  send.message = *number;
  send.file = document.value("file", send.file);
  if (document.contains("name") && document.at("name").is_string())
    send.name = document.at("name").get<std::string>();
  send.case_name = document.value("case_name", "");
  send.new_name = document.value("to", "");
  if (document.contains("flags")) send.flags = flags_from(document.at("flags"));
  if (document.contains("info")) {
    if (document.at("info").size() != send.info.size())
      throw std::invalid_argument("info wants the three members of adwInfo");
    send.info = document.at("info").get<decltype(send.info)>();
  }
  if (document.contains("data")) send.data = bytes_from(document.at("data"));
  send.count = document.value("size", static_cast<std::int64_t>(send.data.size()));
  send.in_managers_buffer = document.contains("in");
  if (send.in_managers_buffer && (send.count < 0 || send.count > managers_buffer_size))
    throw std::invalid_argument(
        fmt::format("pchBuffer has {} bytes, and {} do not fit", managers_buffer_size, send.count));
  send.until_end = document.contains("until");
  send.offset = document.value("offset", std::int64_t{0});
  if (document.contains("origin")) send.origin = origin_from(document.at("origin"));
  send.adopts = document.value("adopt", false);
  send.procedure_is_set = document.value("pioproc", "null") == "set";
  if (document.contains("hmmio")) send.handle = document.at("hmmio").get<std::int64_t>();
  if (document.contains("thread")) send.thread = thread_from(document.at("thread"));
  send.param1_is_memory = document.contains("param1") && document.at("param1").is_string();
  if (!send.param1_is_memory)
    send.param1 = document.value("param1", std::int64_t{0});
  else if (document.at("param1") != "memory")
    throw std::invalid_argument("param1 is a number, or \"memory\"");
  send.param2 = document.value("param2", std::int64_t{0});
  if (send.adopts && !send.name) throw std::invalid_argument("adopt needs the name of the file");
  if (document.contains("expect")) read_expectation(document.at("expect"), send);
  return send;
}

Prepare prepare_from(const json& document) {
  Prepare prepare;
  const std::string kind = document.at("prepare");
  for (int i = 0; i <= static_cast<int>(Prepare::Kind::size_limit); ++i)
    if (prepare_kind_name(static_cast<Prepare::Kind>(i)) == kind)
      prepare.kind = static_cast<Prepare::Kind>(i);
  const bool is_limit = prepare.kind == Prepare::Kind::size_limit;
  const bool is_content = prepare.kind == Prepare::Kind::content;
  if ((is_limit || is_content) != document.contains("size"))
    throw std::invalid_argument("size goes with size_limit and content, and both need one");
  if (is_content && document.contains("content"))
    throw std::invalid_argument("what is in a content is not the case's to say");
  if (!is_content && document.contains("least")) throw std::invalid_argument("least goes with content");
  if (is_limit == document.contains("name"))
    throw std::invalid_argument(is_limit ? "size_limit holds for every file, it takes no name"
                                         : "a name is missing");
  prepare.name = document.value("name", "");
  if (document.contains("content")) prepare.content = bytes_from(document.at("content"));
  prepare.size = document.value("size", std::int64_t{0});
  prepare.least = document.value("least", prepare.size);
  if (is_content) prepare.content = ramp(data_size(prepare.size));
  return prepare;
}

Inspect inspect_from(const json& document) {
  Inspect inspect;
  inspect.name = document.at("inspect");
  const json expect = document.value("expect", json::object());
  if (expect.contains("exists")) inspect.exists = expect.at("exists").get<bool>();
  if (expect.contains("content")) inspect.content = bytes_from(expect.at("content"));
  return inspect;
}

TakeStock take_stock_from(const json& document) {
  const auto rounds = document.at("take_stock").get<std::int64_t>();
  if (rounds < 1 || rounds > most_opens_with_stock)
    throw std::invalid_argument(
        fmt::format("{} rounds are not between 1 and {}", rounds, most_opens_with_stock));
  return {rounds};
}

template <typename Enum, std::size_t count>
Enum named(const std::array<std::string_view, count>& names, const std::string& name, const char* what) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<Enum>(found - names.begin());
  throw std::invalid_argument(
      fmt::format("unknown {} '{}'; {}", what, name, fmt::join(names.begin(), names.end(), ", ")));
}

/// "error": a name; "short": bytes; "delay": milliseconds.
SetFault fault_from(const json& document) {
  constexpr std::int64_t longest_delay = 10'000, most = 1'000'000;
  if (document.at("fault") == "none") {
    if (document.contains("error") || document.contains("short") || document.contains("delay"))
      throw std::invalid_argument("fault none says that nothing fails");
    return {};
  }
  Fault fault;
  fault.on = named<OsCallKind>(os_call_names, document.at("fault"), "call");
  if (fault.on == OsCallKind::map || fault.on == OsCallKind::exec)
    throw std::invalid_argument("map and exec are only observed");
  if (document.contains("error") + document.contains("short") + document.contains("delay") != 1)
    throw std::invalid_argument("a fault is one of error, short and delay");
  if (document.contains("error")) fault.kind = named<FaultKind>(fault_names, document.at("error"), "error");
  if (document.contains("error") && fault.kind >= FaultKind::short_transfer)
    throw std::invalid_argument("short and delay are members of their own, with an amount");
  for (const FaultKind kind : {FaultKind::short_transfer, FaultKind::delay}) {
    const std::string member(fault_names[static_cast<std::size_t>(kind)]);
    if (!document.contains(member)) continue;
    fault.kind = kind;
    fault.amount = document.at(member).get<std::int64_t>();
    if (fault.amount < 1 || fault.amount > longest_delay)
      throw std::invalid_argument(
          fmt::format("{} {} is not between 1 and {}", member, fault.amount, longest_delay));
  }
  if (fault.kind == FaultKind::short_transfer && fault.on != OsCallKind::read &&
      fault.on != OsCallKind::write)
    throw std::invalid_argument("only a read or a write can be short");
  const bool each = document.contains("nth") && document.at("nth").is_string();
  if (each && document.at("nth") != "each")
    throw std::invalid_argument("nth is a number, or \"each\": each call in turn");
  if (!each) fault.nth = document.value("nth", std::int64_t{1});
  if (fault.nth < 1 || fault.nth > most)
    throw std::invalid_argument(fmt::format("nth {} is not between 1 and {}", fault.nth, most));
  fault.lasting = document.value("lasting", false);
  return {fault, each};
}

}  // namespace

Step read_step(const json& document) {
  Step step;
  step.requirement = document.value("requirement", "");
  if (document.contains("send"))
    step.action = send_from(document);
  else if (document.contains("prepare"))
    step.action = prepare_from(document);
  else if (document.contains("inspect"))
    step.action = inspect_from(document);
  else if (document.contains("reload_info"))
    step.action = ReloadInfo{document.at("reload_info")};
  else if (document.contains("take_stock"))
    step.action = take_stock_from(document);
  else if (document.contains("fault"))
    step.action = fault_from(document);
  else
    step.action = Restart{};
  return step;
}

std::string step_definition(const json& document) {
  if (!document.is_object()) return "";
  for (const std::string_view verb : verbs) {
    if (!document.contains(verb)) continue;
    if (verb != "send") return std::string(verb);
    const json& message = document.at("send");
    if (!message.is_string()) return "send other";
    const std::string name = message;
    if (name == "WRITEFLUSH") return "send WRITE";
    for (const char* known : {"OPEN", "CLOSE", "READ", "WRITE", "SEEK", "RENAME"})
      if (name == known) return "send " + name;
    return "send other";
  }
  return "";
}

}  // namespace mmio_cts
