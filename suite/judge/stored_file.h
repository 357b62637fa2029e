#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "suite/script/pattern.h"
#include "suite/trace/observation.h"

namespace mmio_cts {

/// Who looks at a file: one of the procedure's opens, by its number, or somebody outside, who sees only what
/// has reached the store.
using Viewer = int;
inline constexpr Viewer outside = -1;

/// What a byte or a size that no state of the model explains violates.
struct Mismatch {
  std::string requirement;  ///< the row
  std::string code;         ///< see finding_code.h
  std::string expected;
  std::string actual;
};

/// Everything that the contents of one file may be, after all that was asked of the procedure and answered.
///
/// What a WRITE accepted may reach the store at any time until a WRITEFLUSH or CLOSE confirms it, and must be
/// there from then on. Through the open that wrote it must be seen at once (requirement WR-10); whether other
/// opens see it before it is confirmed is left open (ruling R-10). After a failure what had not been
/// confirmed may or may not be there (rulings ).
class StoredFile {
 public:
  enum class Kind {
    regular,
    full,        ///< holds nothing: no byte can be written to it
    unreadable,  ///< no byte can be read from it
    directory,
    unknown,  ///< nothing is known of its contents
  };

  bool exists = false;
  bool may_be_missing = false;  ///< made by a process that ended before anything of it was confirmed
  bool compares = true;         ///< false: neither bytes nor sizes say anything about what was written
  Kind kind = Kind::regular;
  bool read_only = false;
  bool was_full = false;  ///< it has taken less than it was given, or refused to grow
  std::string name_row;   ///< the row that says whether the name must be there; empty if it may or may not be
  std::int64_t capacity = INT64_MAX;  ///< bytes; a store cannot hold any beyond

  /// The contents are exactly these, seen by everybody.
  void set_content(Bytes content);

  /// MMIO_CREATE: empty for the procedure; others may see the old contents until something is confirmed.
  void truncate();

  /// A WRITE or WRITEFLUSH through `writer` was answered with `data.size()` bytes. A gap between the end of
  /// the file and `offset` gets unspecified contents.
  void write(Viewer writer, std::int64_t offset, Bytes data);

  /// A WRITE or WRITEFLUSH of `data` failed: any part of it may have been stored, and what `writer` had not
  /// confirmed before may be lost.
  void write_failed(Viewer writer, std::int64_t offset, Bytes data);

  /// A WRITE acted at a place that is one of several: `data` may be at `offset`.
  void write_perhaps(Viewer writer, std::int64_t offset, Bytes data);

  /// WRITEFLUSH or CLOSE succeeded: what `writer` wrote must be in the store. `newest` is the row to blame if
  /// the newest write is missing, `earlier` for those before it.
  void confirm(Viewer writer, const std::string& newest, const std::string& earlier);

  /// Whether a WRITEFLUSH has promised some of it.
  bool has_flushed_data() const;

  /// The open is gone without having confirmed anything: what it wrote may or may not be there.
  void give_up(Viewer writer);

  /// True if `writer` has been promised bytes that the store cannot hold.
  bool owes_more_than_capacity(Viewer writer) const;

  /// Bounds of the file's size in bytes, as `viewer` may see it.
  std::int64_t min_size(Viewer viewer) const;
  std::int64_t max_size(Viewer viewer) const;

  /// True if `viewer` may see `byte` at `index`.
  bool allows(Viewer viewer, std::int64_t index, std::uint8_t byte) const;

  /// The row that promises `viewer` a byte at `index`, which is not there; empty if only the file's old
  /// contents do.
  std::string promised_by(Viewer viewer, std::int64_t index) const;

  /// What is wrong if `viewer` reads `data` at `offset`; none if it is one of the possible contents.
  std::optional<Mismatch> check(Viewer viewer, std::int64_t offset, const Bytes& data) const;

  /// What is wrong with the file as somebody outside sees it.
  std::optional<Mismatch> check_outside(const FileState& seen) const;

  /// From now on the contents are what was seen, but for writes that the procedure may still bring out.
  void adopt(const FileState& seen, bool procedure_lives);

 private:
  struct Write {
    Viewer writer;
    std::int64_t offset;
    std::int64_t size;
    Bytes data;             ///< empty if the bytes are unspecified
    bool certain;           ///< the writer itself must see it
    std::string confirmed;  ///< the row that says it must be in the store; empty if it need not be yet

    std::int64_t end() const { return offset + size; }
    bool covers(std::int64_t index) const { return index >= offset && index < end(); }
    bool binds(Viewer viewer) const {
      return certain && (!confirmed.empty() || (viewer != outside && writer == viewer));
    }
  };

  std::optional<Mismatch> check_size_outside(std::int64_t size, const Bytes& content) const;
  /// How many bytes of `data`, which lies at `index`, are at once found to be what was written there last, or
  /// what was there before anything was: everybody may see those.
  std::size_t same_as_newest(std::int64_t index, std::span<const std::uint8_t> data) const;
  bool was_there_before(const Write& newest, std::int64_t index, std::uint8_t byte) const;
  Mismatch explain(Viewer viewer, std::int64_t index, std::uint8_t byte) const;
  bool written() const { return !writes_.empty(); }

  Bytes base_;
  std::vector<Write> writes_;           // oldest first
  std::optional<Bytes> before_create_;  // what others may see until something is confirmed
  std::optional<Bytes> emptied_;        // what MMIO_CREATE took away
};

}  // namespace mmio_cts
