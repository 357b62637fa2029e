#pragma once

#include <optional>
#include <string>

#include "suite/judge/case_judge.h"
#include "suite/script/case.h"

namespace mmio_cts {

/// A case whose answers a test makes up: each call answers the next step that is not a prepare.
///
///   Session s(R"({"send": "OPEN", "name": "a", "flags": ["CREATE", "WRITE"]}, {"send": "WRITEFLUSH",
///   ...})"); s.answers(0, 0).answers(1, 0); EXPECT_EQ(s.verdict(), "WF-05 sign_loss");
class Session {
 public:
  /// `steps` is the inside of the array of steps; the case is about `about`.
  explicit Session(const std::string& steps, Edition edition = Edition::sdk_1992,
                   const std::string& about = "IP-06");

  /// A message's result, lDiskOffset after it, and what a READ brought.
  Session& answers(std::int64_t result, std::int32_t disk_offset, Bytes data = {});
  /// The same with more that was seen.
  Session& answers(MessageObservation seen);
  /// What an inspect step sees.
  Session& sees(std::optional<Bytes> content);
  /// The files after a restart step.
  Session& restarts(std::vector<FileState> files);
  /// The next message touches what it must not.
  Session& touches(TouchObservation seen);
  Session& ends(EndObservation::Kind kind, const std::string& what);

  /// So many steps are not performed.
  Session& skips(std::uint32_t steps) {
    next_ += steps;
    return *this;
  }

  CaseResult result();
  /// "WF-05 sign_loss, RD-07 disk_offset_wrong"; "" if nothing is wrong.
  std::string verdict();

 private:
  std::uint32_t next_step();

  Contract contract_;
  Case case_;
  std::optional<CaseJudge> judge_;
  std::uint32_t next_ = 0;
  std::map<std::string, std::int32_t> disk_offsets_;
  std::optional<CaseResult> result_;
};

}  // namespace mmio_cts
