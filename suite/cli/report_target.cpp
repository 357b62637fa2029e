#include "suite/cli/report_target.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

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

}  // namespace

tl::expected<ReportTarget, Error> parse_report_target(const std::string& text) {
  const std::size_t colon = text.find(':');
  const std::string format = text.substr(0, colon);
  if (colon == text.npos || colon + 1 == text.size() || find_report_format(format) == nullptr)
    return tl::unexpected(
        Error{"--output " + text, "",
              fmt::format("FORMAT:PATH is wanted, with a FORMAT of: {}", report_format_names())});
  return ReportTarget{format, text.substr(colon + 1)};
}

std::string path_for(const ReportTarget& target, const Candidate& candidate) {
  std::string path = target.path;
  replace_all(path, "{candidate}", candidate.library.stem().string());
  replace_all(path, "{proc}", candidate.procedure);
  replace_all(path, "{abi}", abi_name(candidate.abi));
  return path;
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

}  // namespace mmio_cts
