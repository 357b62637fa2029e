#include "suite/run/probe_script.h"

#include <fmt/format.h>

#include <stdexcept>

#include "suite/contract/error_code.h"
#include "suite/contract/message.h"
#include "suite/run/plan.h"
#include "suite/script/case_reader.h"

namespace mmio_cts {
namespace {

// The first requirement of a case is what it is about; a probe is about none, but the format asks for one.
Case probe_case(const std::string& title, const std::string& steps, const Contract& contract) {
  const std::string text =
      fmt::format(R"({{"title": "{}", "requirements": ["OP-01"], "steps": [{}]}})", title, steps);
  auto cases = read_cases(text, "probe", "probe", contract);
  if (!cases) throw std::logic_error(to_string(cases.error()));
  return std::move(cases->front());
}

}  // namespace

ProbeOutcome::ProbeOutcome(CaseRunner& runner, const Contract& contract, const Profile& profile,
                           const std::string& title, const std::string& steps)
    : case_(with_sent_names(probe_case(title, steps, contract), profile)), trace_(runner.run(case_)) {
  // What an earlier sequence did to a process that both used must not be taken for this one's doing.
  if (runner.used() && !ended().empty()) {
    runner.replace_worker();
    trace_ = runner.run(case_);
  }
}

std::optional<std::int64_t> ProbeOutcome::result(std::uint32_t message, int n) const {
  for (const Observation& observation : trace_)
    if (const auto* seen = std::get_if<MessageObservation>(&observation))
      if (const auto* send = std::get_if<Send>(&case_.steps[seen->step].action);
          send != nullptr && send->message == message && n-- == 0)
        return seen->result;
  return std::nullopt;
}

bool ProbeOutcome::opened(int n) const { return result(message::open, n) == 0; }

Bytes ProbeOutcome::read(int n) const {
  Bytes all;
  int opens = -1;
  for (const Observation& observation : trace_) {
    const auto* seen = std::get_if<MessageObservation>(&observation);
    if (seen == nullptr) continue;
    if (std::get<Send>(case_.steps[seen->step].action).message == message::open) ++opens;
    if (opens == n) all.insert(all.end(), seen->data.begin(), seen->data.end());
  }
  return all;
}

std::optional<FileState> ProbeOutcome::file() const {
  for (auto it = trace_.rbegin(); it != trace_.rend(); ++it)
    if (const auto* seen = std::get_if<InspectObservation>(&*it)) return seen->file;
  return std::nullopt;
}

std::string ProbeOutcome::ended() const {
  if (trace_.empty()) return "";
  const auto* end = std::get_if<EndObservation>(&trace_.back());
  if (end == nullptr || end->kind == EndObservation::Kind::load_failed) return "";
  if (end->is_at_unload()) return "when all messages were over: " + end->what;
  const std::string verb = end->kind == EndObservation::Kind::hang          ? "hangs"
                           : end->kind == EndObservation::Kind::suite_error ? "could not be performed"
                                                                            : "ends the process";
  return fmt::format("{} {}: {}", describe(case_.steps[end->step]), verb, end->what);
}

std::string ProbeOutcome::load_error() const {
  if (trace_.empty()) return "";
  const auto* end = std::get_if<EndObservation>(&trace_.back());
  return end != nullptr && end->kind == EndObservation::Kind::load_failed ? end->what : "";
}

std::string ProbeOutcome::told_open(const std::string& what) const {
  for (const Observation& observation : trace_)
    if (const auto* seen = std::get_if<PrepareObservation>(&observation); seen && !seen->unavailable.empty())
      return fmt::format("{}: {}", what, seen->unavailable);
  return told(what, result(message::open));
}

bool refuses(std::optional<std::int64_t> result) { return result && (*result < 0 || *result == 0xFFFFFFFF); }

std::string told(const std::string& what, std::optional<std::int64_t> result) {
  if (!result) return fmt::format("{} did not come back", what);
  const bool is_long = *result >= INT32_MIN && *result <= UINT32_MAX;
  return fmt::format("{} answered {}{}", what, describe_error_code(*result),
                     is_long ? ""
                             : ", which looks like an address: a function that returns the procedure is "
                               "\"returned_by\" in a manifest");
}

}  // namespace mmio_cts
