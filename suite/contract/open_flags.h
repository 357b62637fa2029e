#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mmio_cts {

/// Flags of mmioOpen as a procedure finds them in MMIOINFO.dwFlags (requirements FL-01 to FL-15), and
/// MMIO_FHOPEN, which mmioClose hands on in lParam1 (CL-02).
namespace open_flag {
inline constexpr std::uint32_t read = 0x0;
inline constexpr std::uint32_t write = 0x1;
inline constexpr std::uint32_t read_write = 0x2;
inline constexpr std::uint32_t mode_mask = 0x3;
inline constexpr std::uint32_t parse = 0x100;
inline constexpr std::uint32_t remove = 0x200;  ///< MMIO_DELETE
inline constexpr std::uint32_t create = 0x1000;
inline constexpr std::uint32_t exist = 0x4000;
inline constexpr std::uint32_t get_temp = 0x20000;
}  // namespace open_flag

namespace close_flag {
inline constexpr std::uint32_t handle_open = 0x10;  ///< MMIO_FHOPEN
}

/// The value of MMIO_<name>, e.g. "CREATE"; none for an unknown name.
std::optional<std::uint32_t> open_flag_value(std::string_view name);

/// "CREATE|READWRITE"; the mode is always named, bits without a name follow in hexadecimal.
std::string describe_open_flags(std::uint32_t flags);

constexpr bool may_read(std::uint32_t flags) { return (flags & open_flag::mode_mask) != open_flag::write; }
constexpr bool may_write(std::uint32_t flags) { return (flags & open_flag::mode_mask) != open_flag::read; }

}  // namespace mmio_cts
