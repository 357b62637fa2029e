#include "suite/candidate/manifest.h"
#include "suite/cli/command.h"
#include "suite/cli/console.h"
#include "suite/report/report_writer.h"
#include "suite/script/schema.h"

namespace mmio_cts {

void add_schema_command(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("schema", "Print the JSON Schema of a format");
  auto name = std::make_shared<std::string>();
  command->add_option("FORMAT", *name, "report, case or manifest")
      ->required()
      ->check(CLI::IsMember({"report", "case", "manifest"}))
      ->type_name("");
  command->callback([name, &action] {
    action = [name] {
      print(*name == "case"       ? case_schema_text()
            : *name == "manifest" ? manifest_schema_text()
                                  : report_schema_text());
      return ExitCode::conformant;
    };
  });
}

}  // namespace mmio_cts
