#include "suite/contract/error_code.h"

#include <fmt/format.h>

#include "suite/contract/named_value.h"

namespace mmio_cts {
namespace {

constexpr NamedValue codes[] = {
    {"MMSYSERR_NOERROR", 0},       {"MMSYSERR_ERROR", 1},
    {"MMSYSERR_INVALHANDLE", 5},   {"MMSYSERR_NOMEM", 7},
    {"MMSYSERR_INVALPARAM", 11},   {"MMIOERR_FILENOTFOUND", 257},
    {"MMIOERR_OUTOFMEMORY", 258},  {"MMIOERR_CANNOTOPEN", 259},
    {"MMIOERR_CANNOTCLOSE", 260},  {"MMIOERR_CANNOTREAD", 261},
    {"MMIOERR_CANNOTWRITE", 262},  {"MMIOERR_CANNOTSEEK", 263},
    {"MMIOERR_CANNOTEXPAND", 264}, {"MMIOERR_CHUNKNOTFOUND", 265},
    {"MMIOERR_UNBUFFERED", 266},   {"MMIOERR_PATHNOTFOUND", 267},
    {"MMIOERR_ACCESSDENIED", 268}, {"MMIOERR_SHARINGVIOLATION", 269},
    {"MMIOERR_NETWORKERROR", 270}, {"MMIOERR_TOOMANYOPENFILES", 271},
    {"MMIOERR_INVALIDFILE", 272},
};

constexpr std::int64_t last_mmsyserr = 21;  // MMSYSERR_LASTERROR

}  // namespace

std::optional<std::int64_t> error_code_value(std::string_view name) { return find_value(codes, name); }

std::string describe_error_code(std::int64_t code) {
  if (code >= 0 && code <= UINT32_MAX)
    if (const auto name = find_name(codes, static_cast<std::uint32_t>(code)))
      return fmt::format("{} ({})", code, *name);
  return fmt::format("{}", code);
}

bool is_documented_error_code(std::int64_t code) {
  return (code >= 1 && code <= last_mmsyserr) || (code >= 257 && code <= 272);
}

}  // namespace mmio_cts
