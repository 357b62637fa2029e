#include "suite/judge/session_for_test.h"

#include <fmt/format.h>

#include <stdexcept>

#include "suite/contract/message.h"
#include "suite/script/case_reader.h"

namespace mmio_cts {

Session::Session(const std::string& steps, Edition edition, const std::string& about)
    : contract_(Contract::embedded()) {
  const std::string text =
      fmt::format(R"({{"title": "t", "requirements": ["{}"], "steps": [{}]}})", about, steps);
  const auto cases = read_cases(text, "test", "test", contract_);
  if (!cases) throw std::invalid_argument(to_string(cases.error()));
  case_ = cases->front();
  judge_.emplace(JudgeSettings{contract_, edition, CapabilitySet::of_plain_files()}, case_);
}

std::uint32_t Session::next_step() {
  const auto is_prepared = [](const Step& step) {
    return std::holds_alternative<Prepare>(step.action) || std::holds_alternative<SetFault>(step.action);
  };
  while (next_ < case_.steps.size() && is_prepared(case_.steps[next_]))
    judge_->observe(PrepareObservation{next_++, ""});
  if (next_ >= case_.steps.size()) throw std::out_of_range("the case has no such step");
  return next_++;
}

Session& Session::answers(std::int64_t result, std::int32_t disk_offset, Bytes data) {
  MessageObservation seen;
  seen.result = result;
  seen.disk_offset_after = disk_offset;
  seen.data = std::move(data);
  return answers(std::move(seen));
}

Session& Session::answers(MessageObservation seen) {
  seen.step = next_step();
  const Send& send = std::get<Send>(case_.steps[seen.step].action);
  if (send.message == message::open) disk_offsets_[send.file] = 0;
  seen.disk_offset_before = disk_offsets_[send.file];
  disk_offsets_[send.file] = seen.disk_offset_after;
  judge_->observe(seen);
  return *this;
}

Session& Session::sees(std::optional<Bytes> content) {
  const std::uint32_t step = next_step();
  const std::string& name = std::get<Inspect>(case_.steps[step].action).name;
  judge_->observe(InspectObservation{step, {name, content.has_value(), true, content.value_or(Bytes{})}});
  return *this;
}

Session& Session::restarts(std::vector<FileState> files) {
  judge_->observe(RestartObservation{next_step(), std::move(files)});
  return *this;
}

Session& Session::touches(TouchObservation seen) {
  seen.step = next_step();
  judge_->observe(seen);
  return *this;
}

Session& Session::ends(EndObservation::Kind kind, const std::string& what) {
  // Behind the last step it is the end of the case.
  const std::uint32_t step = next_ < case_.steps.size() ? next_step() : next_ - 1;
  judge_->observe(EndObservation{step, kind, what, ""});
  return *this;
}

CaseResult Session::result() {
  if (!result_) result_ = judge_->finish();
  return *result_;
}

std::string Session::verdict() {
  std::string text;
  for (const Violation& violation : result().violations)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", violation.requirement, violation.code);
  return text;
}

}  // namespace mmio_cts
