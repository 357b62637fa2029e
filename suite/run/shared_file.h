#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace mmio_cts {

/// A file of fixed size, mapped, that another process maps too. Takes room on disk only where it was written.
class SharedFile {
 public:
  /// Makes the file. Throws std::system_error.
  SharedFile(const std::filesystem::path& path, std::size_t size);
  ~SharedFile();
  SharedFile(const SharedFile&) = delete;
  SharedFile& operator=(const SharedFile&) = delete;

  std::span<std::byte> bytes() const { return bytes_; }

 private:
  std::span<std::byte> bytes_;
};

}  // namespace mmio_cts
