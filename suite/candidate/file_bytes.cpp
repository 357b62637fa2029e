#include "suite/candidate/file_bytes.h"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <system_error>

#include "suite/contract/printable.h"

namespace mmio_cts {

namespace fs = std::filesystem;

tl::expected<std::vector<std::byte>, CandidateError> read_library_file(const fs::path& path) {
  constexpr std::uintmax_t largest = 512u << 20;
  const auto refuse = [&](std::string what) {
    return tl::unexpected(
        CandidateError{CandidateError::Kind::cannot_read, {printable_path(path), "", std::move(what)}});
  };
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return refuse("no such file");
  if (error) return refuse(fmt::format("cannot be read: {}", error.message()));
  if (fs::is_directory(status)) return refuse("a folder; wanted is a library file");
  if (!fs::is_regular_file(status)) return refuse("a device or pipe; wanted is a library file");
  const std::uintmax_t size = fs::file_size(path, error);
  if (error) return refuse(fmt::format("cannot be read: {}", error.message()));
  if (size > largest) return refuse(fmt::format("{} bytes, which is too large for a library", size));

  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    if (errno == 0) return refuse("cannot be opened");
    return refuse(fmt::format("cannot be opened: {}", std::generic_category().message(errno)));
  }
  std::vector<std::byte> bytes(static_cast<std::size_t>(size));
  stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (static_cast<std::uintmax_t>(stream.gcount()) != size)
    return refuse(fmt::format("only {} of {} bytes could be read", stream.gcount(), size));
  return bytes;
}

}  // namespace mmio_cts
