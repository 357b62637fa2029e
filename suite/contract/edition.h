#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace mmio_cts {

/// A dated reading of the contract where its sources disagree (contradiction X-01).
enum class Edition {
  sdk_1992,  ///< every edition from the 1992 kit on: READ, WRITE, WRITEFLUSH and SEEK answer -1 on error
  web_2018,  ///< the pages published since 2018, taken at their word: they answer 1 on error
};

inline constexpr std::string_view edition_names[] = {"sdk-1992", "web-2018"};

constexpr std::string_view edition_name(Edition edition) { return edition_names[static_cast<int>(edition)]; }

constexpr std::optional<Edition> edition_from(std::string_view name) {
  for (const Edition edition : {Edition::sdk_1992, Edition::web_2018})
    if (edition_name(edition) == name) return edition;
  return std::nullopt;
}

/// What READ, WRITE, WRITEFLUSH and SEEK answer on error.
constexpr std::int64_t error_result(Edition edition) { return edition == Edition::web_2018 ? 1 : -1; }

}  // namespace mmio_cts
