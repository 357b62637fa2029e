#include <exception>

#include "suite/cli/command.h"
#include "suite/cli/console.h"
#include "suite/contract/contract.h"
#include "suite/report/json_report.h"

namespace {

std::string version_text() {
  return "mmio-cts " MMIO_CTS_VERSION "\ncontract " + mmio_cts::Contract::embedded().version() +
         ", SHA-256 " + mmio_cts::contract_digest();
}

bool is_unknown(CLI::App& app, const std::string& name) {
  return app.get_subcommands([&](const CLI::App* command) { return command->get_name() == name; }).empty();
}

}  // namespace

// CLI11's own exit codes are its own; ours are in exit_code.h.
int main(int argc, char** argv) {
  using namespace mmio_cts;
  CLI::App app("MMIO CTS: does a multimedia I/O procedure do what the contract of MMIOPROC asks for?",
               "mmio-cts");
  app.set_version_flag("--version", version_text, "The versions of the program and of the contract");
  app.require_subcommand(1);
  app.footer(
      "Exit codes: 0 conformant, 1 not conformant, 2 usage, 3 cannot load, 4 nothing tested,\n"
      "            5 a known failure is stale or expired, 6 report not written, 70 the suite failed, 130 "
      "interrupted.");
  Action action;
  add_run_command(app, action);
  add_merge_command(app, action);
  add_probe_command(app, action);
  add_replay_command(app, action);
  add_selftest_command(app, action);
  add_list_command(app, action);
  add_describe_command(app, action);
  add_schema_command(app, action);
  try {
    app.parse(argc, argv);
    return static_cast<int>(action());
  } catch (const CLI::Success& asked_for_help) {
    return app.exit(asked_for_help);
  } catch (const CLI::ParseError& error) {
    if (argc > 1 && argv[1][0] != '-' && is_unknown(app, argv[1])) {
      print_error("there is no command '" + std::string(argv[1]) + "'; see `mmio-cts --help`");
      return static_cast<int>(ExitCode::usage);
    }
    print_error(std::string(error.what()) + "; see `mmio-cts --help`");
    return static_cast<int>(ExitCode::usage);
  } catch (const std::exception& error) {
    print_error(std::string("the suite itself failed: ") + error.what());
    return static_cast<int>(ExitCode::suite_failure);
  }
}
