#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "suite/judge/stored_file.h"

namespace mmio_cts {

/// Where the next READ or WRITE of an open may act, in bytes. Where an answer contradicted itself, or an
/// error left it open, there are several.
struct Position {
  std::int64_t value = 0;
  /// If only this position explains what follows, the procedure has not told the truth before: the row that
  /// this violates, and how. Empty for a position that the procedure itself has named.
  std::string denied_requirement;
  std::string denied_code;
};

/// One MMIOINFO between OPEN and CLOSE.
struct OpenFile {
  Viewer id = outside;  ///< unlike any other open of the case; `outside` if OPEN was never sent
  bool is_open = false;
  bool known = true;  ///< false if what is open cannot be told: then only the invariants are checked
  std::string name;   ///< key into FileModel::files
  std::uint32_t flags = 0;
  std::vector<Position> positions;
  bool failed_before =
      false;  ///< some WRITE or WRITEFLUSH was answered with an error: CLOSE may tell it, too
  std::set<std::uint32_t> unsynced;  ///< files of the system (OsCall::file) written through it and not synced
};

/// What the suite believes of the store and of every open file. It starts from what a case prepares.
class FileModel {
 public:
  /// `compares`: what is read and stored is what was written; else bytes and sizes say nothing.
  explicit FileModel(bool compares = true) : compares_(compares) {}

  /// The file of that name; one that is not mentioned before does not exist.
  StoredFile& file(const std::string& name);
  const std::map<std::string, StoredFile>& files() const { return files_; }

  /// The open of that key of the case; one never opened is not open.
  OpenFile& open_file(const std::string& key) { return opens_[key]; }

  /// Begins a new open under that key.
  OpenFile& begin_open(const std::string& key);

  /// True if any open, but the one with that id, has this file open.
  bool open_elsewhere(const std::string& name, Viewer but) const;

  /// True if an OPEN was sent over an MMIOINFO that was still open: nobody can close that file any more, and
  /// what it keeps from others is no fault of theirs.
  bool has_lost_an_open() const { return has_lost_an_open_; }

  /// RENAME: the file goes on under another name.
  void move(const std::string& from, const std::string& to);

  /// The process has ended: nothing is open, and what was not confirmed may or may not be stored.
  void end_process();

  /// Bytes that no file may grow beyond from now on.
  void limit_size(std::int64_t bytes);

 private:
  bool compares_;
  std::map<std::string, StoredFile> files_;
  std::map<std::string, OpenFile> opens_;
  bool has_lost_an_open_ = false;
  Viewer next_id_ = 0;
  std::int64_t size_limit_ = INT64_MAX;
};

}  // namespace mmio_cts
