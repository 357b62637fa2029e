#include "suite/report/replay_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace mmio_cts {
namespace {

bool is_harmless(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         std::string_view("_@%+=:,./-").find(c) != std::string_view::npos;
}

std::string shell_word(std::string_view word) {
  if (!word.empty() && std::all_of(word.begin(), word.end(), is_harmless)) return std::string(word);
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

/// The library and what is said of it.
std::string subject(const CandidateRun& run) {
  std::string words = shell_word(run.candidate.library.string());
  // How else a procedure is had only a manifest can say.
  if (run.candidate.reach.kind == Reach::Kind::exported)
    words += fmt::format(" --proc {}", shell_word(run.candidate.procedure));
  if (!run.manifest.file.empty())
    words += fmt::format(" --manifest {}", shell_word(std::filesystem::absolute(run.manifest.file).string()));
  for (const std::string& name : run.manifest.open_options)
    words += fmt::format(" --open {}", shell_word(name));
  return words;
}

std::string command_line(const CandidateRun& run, std::string_view command, const std::string& case_word) {
  std::string line = fmt::format("{} replay {} {}", command, case_word, subject(run));
  if (run.edition != Edition::sdk_1992) line += fmt::format(" --edition {}", edition_name(run.edition));
  return line;
}

}  // namespace

std::string replay_command(const CandidateRun& run, std::string_view command, std::string_view case_id) {
  return command_line(run, command, shell_word(case_id));
}

std::string probe_command(const CandidateRun& run, std::string_view command) {
  return fmt::format("{} probe {}", command, subject(run));
}

std::string replay_template(const CandidateRun& run, std::string_view command) {
  return command_line(run, command, "{case}");
}

}  // namespace mmio_cts
