#include "suite/cli/report_target.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>

#include "suite/cli/console.h"
#include "suite/report/report_writer.h"

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

tl::unexpected<Error> cannot_write(const std::string& path, const std::string& why) {
  return tl::unexpected(Error{path, "", "the report cannot be written: " + why});
}

tl::expected<ReportTarget, Error> parse_report_target(const std::string& text) {
  const std::size_t colon = text.find(':');
  const std::string format = text.substr(0, colon);
  if (colon == text.npos || colon + 1 == text.size() || find_report_format(format) == nullptr)
    return tl::unexpected(
        Error{"--output " + text, "",
              fmt::format("FORMAT:PATH is wanted, with a FORMAT of: {}", report_format_names())});
  return ReportTarget{format, text.substr(colon + 1)};
}

tl::expected<void, Error> check_writable(const std::string& path) {
  if (path == "-") return {};
  const fs::path file(path);
  std::error_code code;
  if (file.has_parent_path()) fs::create_directories(file.parent_path(), code);
  if (code) return cannot_write(path, code.message());
  if (fs::is_directory(file)) return cannot_write(path, "it is a folder");
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  if (access(folder.c_str(), W_OK) != 0) return cannot_write(path, std::strerror(errno));
  return {};
}

}  // namespace

void add_output_option(CLI::App& command, std::vector<std::string>& outputs) {
  command
      .add_option("--output", outputs,
                  "Write a report; PATH may hold {candidate}, {proc}, {abi}, and - is stdout; repeatable")
      ->type_name("FORMAT:PATH")
      ->allow_extra_args(false);
}

tl::expected<std::vector<ReportTarget>, Error> parse_report_targets(const std::vector<std::string>& texts) {
  std::vector<ReportTarget> targets;
  for (const std::string& text : texts) {
    auto target = parse_report_target(text);
    if (!target) return tl::unexpected(std::move(target.error()));
    targets.push_back(std::move(*target));
  }
  return targets;
}

std::string path_for(const ReportTarget& target, const Candidate& candidate) {
  std::string path = target.path;
  replace_all(path, "{candidate}", candidate.library.stem().string());
  replace_all(path, "{proc}", candidate.procedure);
  replace_all(path, "{abi}", abi_name(candidate.abi));
  return path;
}

std::optional<Refusal> check_targets(const std::vector<ReportTarget>& targets,
                                     const std::vector<const Candidate*>& candidates) {
  std::set<std::string> paths;
  for (const ReportTarget& target : targets)
    for (const Candidate* candidate : candidates) {
      const std::string path = path_for(target, *candidate);
      if (!paths.insert(path).second)
        return Refusal{ExitCode::usage,
                       {"--output " + target.path, "",
                        "several reports would go there; put {candidate}, {proc} or {abi} in it"}};
      if (const auto writable = check_writable(path); !writable)
        return Refusal{ExitCode::cannot_write_report, writable.error()};
    }
  return std::nullopt;
}

tl::expected<void, Error> write_report(const std::string& path, const std::string& text) {
  if (path == "-") {
    print(text);
    return {};
  }
  const std::string unfinished = path + ".part";
  std::ofstream stream(unfinished, std::ios::binary | std::ios::trunc);
  stream << text;
  stream.close();
  std::error_code code;
  if (stream) fs::rename(unfinished, path, code);
  if (!stream || code) {
    const std::string why = code ? code.message() : std::strerror(errno);
    fs::remove(unfinished, code);
    return cannot_write(path, why);
  }
  return {};
}

std::vector<Error> write_reports(const CandidateRun& run, const Contract& contract,
                                 const std::vector<ReportTarget>& targets) {
  // What is kept does not depend on how the program was started; what is shown can be typed as it stands.
  const ReportContext kept{contract, MMIO_CTS_VERSION};
  const ReportContext shown_now{contract, MMIO_CTS_VERSION, wants_colour(), invocation_name()};
  std::vector<Error> errors;
  bool shown = false;
  for (const ReportTarget& target : targets) {
    const std::string path = path_for(target, run.candidate);
    shown = shown || path == "-";
    const auto written = write_report(path, find_report_format(target.format)->write(run, kept));
    if (!written) errors.push_back(written.error());
  }
  if (!shown) print(find_report_format("text")->write(run, shown_now));
  return errors;
}

}  // namespace mmio_cts
