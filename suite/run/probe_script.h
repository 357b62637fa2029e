#pragma once

#include <optional>
#include <string>

#include "suite/contract/contract.h"
#include "suite/run/case_runner.h"
#include "suite/run/profile.h"

namespace mmio_cts {

/// What came of one short sequence that finds something out.
class ProbeOutcome {
 public:
  /// `steps` are those of a case; names in them become what `profile` sends.
  ProbeOutcome(CaseRunner& runner, const Contract& contract, const Profile& profile, const std::string& title,
               const std::string& steps);

  /// The result of the n-th message of that kind; none if it did not come back.
  std::optional<std::int64_t> result(std::uint32_t message, int n = 0) const;
  bool opened(int n = 0) const;

  /// All that READs brought between OPEN number `n` and the next one.
  Bytes read(int n = 0) const;

  /// The last file looked at.
  std::optional<FileState> file() const;

  /// A crash, exit or hang; empty if it came to its end.
  std::string ended() const;

  std::string load_error() const;

  /// What OPEN number 0 came to, in a sentence.
  std::string told_open(const std::string& what) const;

 private:
  Case case_;
  Trace trace_;
};

/// Whether READ, WRITE, WRITEFLUSH or SEEK answered an error; false if it was not sent.
bool refuses(std::optional<std::int64_t> result);

/// "OPEN answered 257 (MMIOERR_FILENOTFOUND)", "OPEN did not come back".
std::string told(const std::string& what, std::optional<std::int64_t> result);

}  // namespace mmio_cts
