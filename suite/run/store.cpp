#include "suite/run/store.h"

#include <algorithm>
#include <fstream>
#include <system_error>

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;

std::string write_file(const fs::path& path, const Bytes& content) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
  file.close();
  return file ? "" : "the file cannot be written";
}

std::string link_to_device(const fs::path& path, const fs::path& device) {
  std::error_code error;
  if (!fs::exists(device, error)) return "there is no " + device.string() + " on this system";
  fs::create_symlink(device, path, error);
  return error ? "no link can be made: " + error.message() : "";
}

/// Links out of the folder are those to devices, whatever kind of file the system says that they are.
bool leads_out(const fs::path& folder, const fs::path& path) {
  std::error_code error;
  if (!fs::is_symlink(fs::symlink_status(path, error))) return false;
  const fs::path target = fs::weakly_canonical(path, error).lexically_relative(fs::canonical(folder, error));
  return error || target.empty() || *target.begin() == "..";
}

}  // namespace

bool is_inside_scratch(const std::string& name) {
  const fs::path path(name);
  if (path.empty() || path.is_absolute() || path.has_root_name()) return false;
  return std::find(path.begin(), path.end(), "..") == path.end();
}

std::string prepare_store(const fs::path& folder, const Prepare& prepare) {
  const fs::path path = folder / prepare.name;
  std::error_code error;
  fs::remove_all(path, error);
  if (!error && prepare.kind != Prepare::Kind::missing && path.has_parent_path())
    fs::create_directories(path.parent_path(), error);
  if (error) return error.message();
  switch (prepare.kind) {
    case Prepare::Kind::content:
    case Prepare::Kind::file:
      return write_file(path, prepare.content);
    case Prepare::Kind::full_store:
      return link_to_device(path, "/dev/full");
    case Prepare::Kind::unreadable_store:
      return link_to_device(path, "/proc/self/mem");
    case Prepare::Kind::directory_in_the_way:
      fs::create_directory(path, error);
      break;
    case Prepare::Kind::read_only:
      if (auto why = write_file(path, prepare.content); !why.empty()) return why;
      fs::permissions(path, fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read, error);
      break;
    case Prepare::Kind::missing:
    case Prepare::Kind::size_limit:
      break;
  }
  return error ? error.message() : "";
}

bool still_fails(const fs::path& folder, const Prepare& prepare) {
  std::error_code error;
  const auto status = fs::symlink_status(folder / prepare.name, error);
  return !fs::exists(status) || fs::is_symlink(status);
}

FileState inspect_file(const fs::path& folder, const std::string& name) {
  const fs::path path = folder / name;
  FileState state;
  state.name = name;
  std::error_code error;
  state.exists = fs::exists(fs::symlink_status(path, error));
  if (!state.exists) return state;
  state.readable = false;
  if (!fs::is_regular_file(path, error) || leads_out(folder, path)) return state;
  const auto size = fs::file_size(path, error);
  if (error || size > largest_inspected_file) return state;
  Bytes content(size);
  std::ifstream file(path, std::ios::binary);
  file.read(reinterpret_cast<char*>(content.data()), static_cast<std::streamsize>(size));
  // A process that was left behind may still be at work on it.
  content.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  state.readable = file.is_open() && !file.bad();
  if (state.readable) state.content = std::move(content);
  return state;
}

std::vector<FileState> inspect_all(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; entry != end; entry.increment(error))
    if (!fs::is_directory(entry->symlink_status(error)))
      names.push_back(entry->path().lexically_relative(folder).generic_string());
  std::sort(names.begin(), names.end());
  std::vector<FileState> states;
  for (const std::string& name : names) states.push_back(inspect_file(folder, name));
  return states;
}

}  // namespace mmio_cts
