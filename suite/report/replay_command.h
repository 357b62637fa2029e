#pragma once

#include <string>
#include <string_view>

#include "suite/run/candidate_run.h"

namespace mmio_cts {

/// The command line, for a POSIX shell, that runs one case of this run again and shows every step of it:
/// "mmio-cts replay writeflush/of-one-of-two-files /home/me/foo.dll --proc IOProc". `command` starts the
/// program.
std::string replay_command(const CandidateRun& run, std::string_view command, std::string_view case_id);

/// The command line that probes this run's candidate again and prints its manifest.
std::string probe_command(const CandidateRun& run, std::string_view command);

/// The same as replay_command with {case} in place of the case's id.
std::string replay_template(const CandidateRun& run, std::string_view command);

}  // namespace mmio_cts
