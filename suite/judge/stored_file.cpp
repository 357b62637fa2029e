#include "suite/judge/stored_file.h"

#include <fmt/format.h>

#include <algorithm>

namespace mmio_cts {
namespace {

// More than a LONG can say, and far from an overflow.
constexpr std::int64_t size_of_anything = std::int64_t{1} << 40;

std::int64_t size_of(const Bytes& bytes) { return static_cast<std::int64_t>(bytes.size()); }

}  // namespace

void StoredFile::set_content(Bytes content) {
  base_ = std::move(content);
  writes_.clear();
  before_create_.reset();
  emptied_.reset();
}

void StoredFile::truncate() {
  Bytes old = std::move(base_);
  const bool known = writes_.empty();
  set_content({});
  if (known && exists) emptied_ = before_create_ = std::move(old);
}

void StoredFile::write(Viewer writer, std::int64_t offset, Bytes data) {
  if (data.empty()) return;
  if (const std::int64_t end = max_size(writer); offset > end)
    writes_.push_back({writer, end, offset - end, {}, true, ""});
  const std::int64_t size = size_of(data);
  writes_.push_back({writer, offset, size, std::move(data), true, ""});
}

void StoredFile::write_failed(Viewer writer, std::int64_t offset, Bytes data) {
  give_up(writer);
  write_perhaps(writer, offset, std::move(data));
}

void StoredFile::write_perhaps(Viewer writer, std::int64_t offset, Bytes data) {
  const std::int64_t end = max_size(writer);
  if (offset > end) writes_.push_back({writer, end, offset - end, {}, false, ""});
  const std::int64_t size = size_of(data);
  if (size > 0) writes_.push_back({writer, offset, size, std::move(data), false, ""});
}

void StoredFile::confirm(Viewer writer, const std::string& newest, const std::string& earlier) {
  const std::string* row = &newest;
  for (auto it = writes_.rbegin(); it != writes_.rend(); ++it) {
    if (it->writer != writer || !it->confirmed.empty()) continue;
    const bool overtaken = std::any_of(writes_.rbegin(), it, [&](const Write& newer) {
      return newer.writer != writer && newer.offset < it->end() && it->offset < newer.end();
    });
    // Which of two opens' writes came last in the store cannot be told; what had failed, this answer says
    // nothing of.
    if (overtaken) it->certain = false;
    if (it->certain) it->confirmed = *row;
    if (!it->data.empty()) row = &earlier;
  }
  before_create_.reset();
}

bool StoredFile::has_flushed_data() const {
  return std::any_of(writes_.begin(), writes_.end(),
                     [](const Write& write) { return write.confirmed.starts_with("WF-"); });
}

void StoredFile::give_up(Viewer writer) {
  for (Write& write : writes_)
    if (write.writer == writer && write.confirmed.empty()) write.certain = false;
}

bool StoredFile::owes_more_than_capacity(Viewer writer) const {
  return std::any_of(writes_.begin(), writes_.end(), [&](const Write& write) {
    return write.writer == writer && write.certain && write.confirmed.empty() && write.end() > capacity;
  });
}

std::int64_t StoredFile::min_size(Viewer viewer) const {
  if (!compares) return 0;
  std::int64_t size = size_of(base_);
  for (const Write& write : writes_)
    if (write.binds(viewer)) size = std::max(size, write.end());
  return size;
}

std::int64_t StoredFile::max_size(Viewer) const {
  if (!compares) return size_of_anything;
  std::int64_t size = size_of(base_);
  for (const Write& write : writes_) size = std::max(size, write.end());
  return size;
}

bool StoredFile::allows(Viewer viewer, std::int64_t index, std::uint8_t byte) const {
  const Write* binding = nullptr;  // the newest write that this viewer must see
  for (auto it = writes_.rbegin(); it != writes_.rend(); ++it) {
    if (!it->covers(index)) continue;
    // Older than that, only what another open has not brought out yet can still come to lie over it.
    if (binding != nullptr && (it->writer == binding->writer || !it->confirmed.empty())) continue;
    if (it->data.empty() || it->data[static_cast<std::size_t>(index - it->offset)] == byte) return true;
    if (binding == nullptr && it->binds(viewer)) binding = &*it;
  }
  if (binding != nullptr) return false;
  if (index < size_of(base_)) return base_[static_cast<std::size_t>(index)] == byte;
  return byte == 0;  // a later write may have reached the store before this one: the hole between reads as 0
}

std::optional<Mismatch> StoredFile::check(Viewer viewer, std::int64_t offset, const Bytes& data) const {
  if (kind != Kind::regular || !compares) return std::nullopt;
  for (std::size_t i = 0; i < data.size();) {
    const std::int64_t index = offset + static_cast<std::int64_t>(i);
    if (const std::size_t same = same_as_newest(index, std::span(data).subspan(i)); same > 0) {
      i += same;
      continue;
    }
    if (!allows(viewer, index, data[i])) {
      Mismatch mismatch = explain(viewer, index, data[i]);
      if (is_spoilt(data, i))
        return Mismatch{"IP-12", "pointer_kept", mismatch.expected,
                        "what the caller's memory held afterwards"};
      return mismatch;
    }
    ++i;
  }
  return std::nullopt;
}

std::size_t StoredFile::same_as_newest(std::int64_t index, std::span<const std::uint8_t> data) const {
  std::span<const std::uint8_t> newest = base_;
  std::int64_t start = 0, end = index + static_cast<std::int64_t>(data.size());
  for (auto it = writes_.rbegin(); it != writes_.rend(); ++it) {
    if (it->covers(index)) {
      newest = it->data;
      start = it->offset;
      break;
    }
    if (it->offset > index) end = std::min(end, it->offset);  // a newer one begins there
  }
  end = std::min(end, start + static_cast<std::int64_t>(newest.size()));
  if (index < start || index >= end) return 0;
  const auto wanted =
      newest.subspan(static_cast<std::size_t>(index - start), static_cast<std::size_t>(end - index));
  if (std::equal(wanted.begin(), wanted.end(), data.begin())) return wanted.size();
  return static_cast<std::size_t>(std::mismatch(wanted.begin(), wanted.end(), data.begin()).first -
                                  wanted.begin());
}

std::string StoredFile::promised_by(Viewer viewer, std::int64_t index) const {
  if (!compares) return "";
  for (auto it = writes_.rbegin(); it != writes_.rend(); ++it)
    if (it->binds(viewer) && it->covers(index)) return it->confirmed.empty() ? "WR-10" : it->confirmed;
  return "";
}

bool StoredFile::was_there_before(const Write& newest, std::int64_t index, std::uint8_t byte) const {
  for (const Write& write : writes_) {
    if (&write == &newest) break;
    if (write.covers(index) && !write.data.empty() &&
        write.data[static_cast<std::size_t>(index - write.offset)] == byte)
      return true;
  }
  return (index < size_of(base_) ? base_[static_cast<std::size_t>(index)] : 0) == byte;
}

Mismatch StoredFile::explain(Viewer viewer, std::int64_t index, std::uint8_t byte) const {
  const std::string actual = fmt::format("byte {} is 0x{:02X}", index, byte);
  for (auto it = writes_.rbegin(); it != writes_.rend(); ++it) {
    if (!it->covers(index) || !it->certain) continue;
    const std::uint8_t wanted = it->data.empty() ? 0 : it->data[static_cast<std::size_t>(index - it->offset)];
    const std::string expected = fmt::format("byte {} is 0x{:02X}, as written", index, wanted);
    if (viewer != outside && it->writer == viewer) return {"WR-10", "wrong_data", expected, actual};
    if (it->confirmed.empty()) return {"WR-04", "wrong_data", expected, actual};
    return {it->confirmed, was_there_before(*it, index, byte) ? "data_not_in_store" : "wrong_data", expected,
            actual};
  }
  const std::string expected =
      index < size_of(base_)
          ? fmt::format("byte {} is 0x{:02X}, as before", index, base_[static_cast<std::size_t>(index)])
          : fmt::format("no byte {}: the file has {} bytes", index, size_of(base_));
  if (written()) return {"WR-11", "store_changed", expected, actual};
  if (viewer == outside) return {"OP-08", "store_changed", expected, actual};
  return {"RD-11", "wrong_data", expected, actual};
}

std::optional<Mismatch> StoredFile::check_size_outside(std::int64_t size, const Bytes& content) const {
  const std::string actual = fmt::format("{} bytes", size);
  if (size < min_size(outside)) {
    const std::string expected = fmt::format("at least {} bytes in the store", min_size(outside));
    for (auto it = writes_.rbegin(); it != writes_.rend(); ++it)
      if (it->binds(outside) && it->end() > size)
        return Mismatch{it->confirmed, "data_not_in_store", expected, actual};
    return Mismatch{written() ? "WR-11" : "OP-08", "store_changed", expected, actual};
  }
  if (size <= max_size(outside)) return std::nullopt;
  const std::string expected = fmt::format("at most {} bytes in the store", max_size(outside));
  const auto tail = content.begin() + max_size(outside);
  if (emptied_ && size == size_of(*emptied_) &&
      std::equal(tail, content.end(), emptied_->begin() + max_size(outside)))
    return Mismatch{"FL-04", "not_truncated", expected, actual};
  return Mismatch{written() ? "WR-04" : "OP-08", "store_changed", expected, actual};
}

std::optional<Mismatch> StoredFile::check_outside(const FileState& seen) const {
  if (kind != Kind::regular || !compares || !seen.readable) return std::nullopt;
  if (before_create_ && seen.content == *before_create_) return std::nullopt;
  if (auto mismatch = check_size_outside(size_of(seen.content), seen.content)) return mismatch;
  return check(outside, 0, seen.content);
}

void StoredFile::adopt(const FileState& seen, bool procedure_lives) {
  exists = seen.exists;
  if (kind != Kind::regular || !seen.readable) return;
  std::vector<Write> writes = std::move(writes_);
  set_content(seen.content);
  if (!procedure_lives) return;
  for (Write& write : writes) write.confirmed.clear();
  writes_ = std::move(writes);
}

}  // namespace mmio_cts
