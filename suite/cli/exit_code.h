#pragma once

namespace mmio_cts {

/// What `mmio-cts` answers to the shell. Every exit code has its one home here.
enum class ExitCode {
  conformant = 0,           ///< conformant at the level asked for
  not_conformant = 1,       ///< a requirement is violated, or a case crashed or hung
  usage = 2,                ///< wrong usage, manifest, case or configuration
  cannot_load = 3,          ///< the candidate cannot be loaded or opened
  nothing_tested = 4,       ///< no case selected, all skipped, or the basic messages not exercised
  stale_known_failure = 5,  ///< a known failure no longer fails, or has expired
  cannot_write_report = 6,  ///< a report could not be written
  suite_failure = 70,       ///< the suite itself failed
  interrupted = 130,        ///< ended by Ctrl-C; what was done until then is reported
};

/// Which of two answers speaks for both: the first of 130, 70, 6, 2, 3, 1, 5, 4; else 0.
constexpr ExitCode worse(ExitCode a, ExitCode b) {
  for (const ExitCode code : {ExitCode::interrupted, ExitCode::suite_failure, ExitCode::cannot_write_report,
                              ExitCode::usage, ExitCode::cannot_load, ExitCode::not_conformant,
                              ExitCode::stale_known_failure, ExitCode::nothing_tested})
    if (a == code || b == code) return code;
  return ExitCode::conformant;
}

}  // namespace mmio_cts
