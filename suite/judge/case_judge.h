#pragma once

#include "suite/contract/content.h"
#include "suite/contract/contract.h"
#include "suite/contract/edition.h"
#include "suite/judge/answer.h"
#include "suite/judge/capability_set.h"
#include "suite/judge/case_result.h"
#include "suite/judge/file_model.h"
#include "suite/judge/stock.h"
#include "suite/script/case.h"
#include "suite/trace/observation.h"

namespace mmio_cts {

/// By what a case is judged.
struct JudgeSettings {
  const Contract& contract;
  Edition edition = Edition::sdk_1992;
  CapabilitySet capabilities = CapabilitySet::of_plain_files();
  Content content = Content::exact;
};

/// Judges one case: a fold over what was observed. It knows nothing of libraries, processes or JSON, so it
/// gives the same verdict for every ABI and for a trace recorded long ago.
class CaseJudge {
 public:
  /// `settings.contract` and `one` must outlive the judge.
  CaseJudge(const JudgeSettings& settings, const Case& one)
      : settings_(settings), case_(one), model_(settings.content != Content::none) {}

  /// The next observation, in the order in which they were made. After one that ends the case nothing counts.
  void observe(const Observation& observation);

  /// The verdict on all that was observed; if the last step was not reached, the case is in error.
  CaseResult finish();

 private:
  void judge(const MessageObservation& seen);
  void judge(const PrepareObservation& seen);
  void judge(const InspectObservation& seen);
  void judge(const RestartObservation& seen);
  void judge(const EndObservation& seen);
  void judge(const TouchObservation& seen);
  void judge(const NotSentObservation& seen);
  void judge(const StockObservation& seen);
  void note_sticky_error(Answer& answer, bool failed_before);
  void judge_message(Answer& answer);
  void judge_killed(std::uint32_t step);
  StepNotes notes_for(std::uint32_t step);

  JudgeSettings settings_;
  const Case& case_;
  FileModel model_;
  const Fault* fault_ = nullptr;  // in force since the last step about faults
  Stock stock_;
  CaseResult result_;
  std::size_t steps_seen_ = 0;
  bool ended_ = false;
  bool went_astray_ = false;  // an OPEN failed that later messages rely on: they show nothing
};

/// All at once.
CaseResult judge_case(const JudgeSettings& settings, const Case& one, const Trace& trace);

}  // namespace mmio_cts
