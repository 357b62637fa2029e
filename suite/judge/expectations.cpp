#include "suite/judge/expectations.h"

#include <fmt/format.h>

#include <algorithm>

#include "suite/contract/error_code.h"
#include "suite/contract/message.h"

namespace mmio_cts {
namespace {

bool satisfies(const ExpectedResult& expected, std::int64_t value, std::uint32_t message, Edition edition) {
  switch (expected.kind) {
    case ExpectedResult::Kind::anything:
      return true;
    case ExpectedResult::Kind::one_of:
      return std::find(expected.values.begin(), expected.values.end(), value) != expected.values.end();
    case ExpectedResult::Kind::range:
      return value >= expected.values[0] && value <= expected.values[1];
    case ExpectedResult::Kind::nonzero:
      return value != 0;
    case ExpectedResult::Kind::error:
      return answers_count_or_position(message) ? value == error_result(edition) || value == -1 : value != 0;
  }
  return false;
}

std::string describe(const ExpectedResult& expected, std::uint32_t message) {
  std::string text;
  switch (expected.kind) {
    case ExpectedResult::Kind::anything:
      return "anything";
    case ExpectedResult::Kind::range:
      return fmt::format("{} to {}", expected.values[0], expected.values[1]);
    case ExpectedResult::Kind::nonzero:
      return "anything but 0";
    case ExpectedResult::Kind::error:
      return answers_count_or_position(message) ? "an error" : "an error code";
    case ExpectedResult::Kind::one_of:
      for (const std::int64_t value : expected.values)
        text += fmt::format(
            "{}{}", text.empty() ? "" : " or ",
            answers_count_or_position(message) ? fmt::format("{}", value) : describe_error_code(value));
  }
  return text;
}

// The first difference, rather than both contents.
void compare(const Bytes& expected, const Bytes& actual, StepNotes& notes, const std::string& requirement) {
  if (expected == actual) return;
  const auto [e, a] = std::mismatch(expected.begin(), expected.end(), actual.begin(), actual.end());
  const auto describe_end = [](const Bytes& all, auto at) {
    return at == all.end() ? fmt::format("{} in all", in_bytes(static_cast<std::int64_t>(all.size())))
                           : fmt::format("byte {} is 0x{:02X}", at - all.begin(), *at);
  };
  notes.violate(requirement, "unexpected_result", describe_end(expected, e), describe_end(actual, a));
}

}  // namespace

void judge_expectations(Answer& answer, const std::string& requirement) {
  const Send& send = answer.send;
  if (!satisfies(send.returns, answer.value, send.message, answer.edition))
    answer.notes.violate(requirement, "unexpected_result", describe(send.returns, send.message),
                         fmt::format("{}", answer.value));
  if (send.disk_offset && *send.disk_offset != answer.after())
    answer.notes.violate(requirement, "unexpected_result", fmt::format("lDiskOffset {}", *send.disk_offset),
                         fmt::format("lDiskOffset {}", answer.after()));
  if (send.read_data) compare(*send.read_data, answer.seen.data, answer.notes, requirement);
}

void judge_expectations(const Inspect& inspect, const FileState& seen, StepNotes& notes,
                        const std::string& requirement) {
  if (inspect.exists && *inspect.exists != seen.exists)
    notes.violate(requirement, "unexpected_result", *inspect.exists ? "the file is there" : "no such file",
                  seen.exists ? "it is there" : "it is not there");
  if (inspect.content && seen.readable) compare(*inspect.content, seen.content, notes, requirement);
}

}  // namespace mmio_cts
