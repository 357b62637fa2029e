#include "suite/judge/file_model.h"

#include <algorithm>

namespace mmio_cts {

StoredFile& FileModel::file(const std::string& name) {
  const auto [entry, is_new] = files_.try_emplace(name);
  if (is_new) entry->second.capacity = size_limit_;
  if (is_new && !compares_ && size_limit_ != INT64_MAX) entry->second.kind = StoredFile::Kind::unknown;
  entry->second.compares = compares_;
  return entry->second;
}

OpenFile& FileModel::begin_open(const std::string& key) {
  OpenFile& open = opens_[key];
  has_lost_an_open_ = has_lost_an_open_ || open.is_open;
  open = OpenFile{};
  open.id = next_id_++;
  return open;
}

bool FileModel::open_elsewhere(const std::string& name, Viewer but) const {
  return std::any_of(opens_.begin(), opens_.end(), [&](const auto& entry) {
    return entry.second.is_open && entry.second.id != but && entry.second.name == name;
  });
}

void FileModel::move(const std::string& from, const std::string& to) {
  file(to) = std::move(file(from));
  file(from) = StoredFile{};
  for (auto& [key, open] : opens_)
    if (open.name == from) open.name = to;
}

void FileModel::end_process() {
  for (auto& [key, open] : opens_) {
    if (open.is_open) file(open.name).give_up(open.id);
    open.is_open = false;
  }
  has_lost_an_open_ = false;
  for (auto& [name, file] : files_)
    if (file.exists && file.name_row.empty()) file.may_be_missing = true;
}

void FileModel::limit_size(std::int64_t bytes) {
  for (auto& [name, file] : files_)
    if (file.kind == StoredFile::Kind::regular) file.capacity = bytes;
  size_limit_ = bytes;
  // How much room what is written takes up there, nobody knows.
  if (!compares_)
    for (auto& [name, file] : files_) file.kind = StoredFile::Kind::unknown;
}

}  // namespace mmio_cts
