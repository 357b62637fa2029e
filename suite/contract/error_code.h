#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mmio_cts {

/// The codes that OPEN, CLOSE and RENAME answer (requirements OP-27, EC-01).
namespace error_code {
inline constexpr std::int64_t no_error = 0;
inline constexpr std::int64_t file_not_found = 257;
inline constexpr std::int64_t path_not_found = 267;
inline constexpr std::int64_t access_denied = 268;
inline constexpr std::int64_t sharing_violation = 269;
inline constexpr std::int64_t network_error = 270;
inline constexpr std::int64_t too_many_open_files = 271;
}  // namespace error_code

/// The value of a code by its full name, e.g. "MMIOERR_CANNOTOPEN"; none for an unknown name.
std::optional<std::int64_t> error_code_value(std::string_view name);

/// "259 (MMIOERR_CANNOTOPEN)"; a number without a name stays a plain number.
std::string describe_error_code(std::int64_t code);

/// True for MMIOERR_x (257 to 272) and MMSYSERR_x (1 to 21): what a failed OPEN, CLOSE or RENAME may answer
/// (requirements OP-06b, CL-05b, RN-08b).
bool is_documented_error_code(std::int64_t code);

/// True for 256 to 272, which READ, WRITE, WRITEFLUSH and SEEK must not answer instead of -1 (EC-02).
constexpr bool is_mmioerr(std::int64_t value) { return value >= 256 && value <= 272; }

}  // namespace mmio_cts
