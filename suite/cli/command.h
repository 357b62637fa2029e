#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "suite/cli/exit_code.h"

namespace mmio_cts {

/// A subcommand that was chosen: what there is to do. Set by the parser, called after it.
using Action = std::function<ExitCode()>;

// Each adds one subcommand to `app`; when it is chosen, `action` is set. One file each.
void add_run_command(CLI::App& app, Action& action);
void add_merge_command(CLI::App& app, Action& action);
void add_probe_command(CLI::App& app, Action& action);
void add_replay_command(CLI::App& app, Action& action);
void add_selftest_command(CLI::App& app, Action& action);
void add_list_command(CLI::App& app, Action& action);
void add_describe_command(CLI::App& app, Action& action);
void add_schema_command(CLI::App& app, Action& action);

}  // namespace mmio_cts
