#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace mmio_cts {

/// A file of fixed size that another process maps. Takes room on disk only where it was written. It is not
/// mapped here: the other process may cut it, and then nothing must end but itself.
class SharedFile {
 public:
  /// Makes the file. Throws std::system_error.
  SharedFile(const std::filesystem::path& path, std::size_t size);
  ~SharedFile();
  SharedFile(const SharedFile&) = delete;
  SharedFile& operator=(const SharedFile&) = delete;

  /// The first `size` bytes, or as many as are left.
  std::vector<std::byte> read(std::size_t size) const;

  /// Writes them to its beginning.
  void write(std::span<const std::byte> bytes) const;

  /// Whether it is still what lies there, and as large as it was.
  bool is_at(const std::filesystem::path& path) const;

 private:
  int file_;
  std::size_t size_;
  std::uint64_t identity_ = 0;
};

}  // namespace mmio_cts
