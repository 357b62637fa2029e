#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace mmio_cts {

/// What a candidate was built for; each has a worker of its own.
enum class Abi { linux_x64, windows_x64, windows_x86 };

inline constexpr std::size_t abi_count = 3;
inline constexpr std::array<Abi, abi_count> all_abis = {Abi::linux_x64, Abi::windows_x64, Abi::windows_x86};
inline constexpr std::array<std::string_view, abi_count> abi_names = {"linux-x64", "windows-x64",
                                                                      "windows-x86"};

constexpr std::string_view abi_name(Abi abi) { return abi_names[static_cast<std::size_t>(abi)]; }

/// The ABI by its name, e.g. "windows-x86"; none for an unknown name.
constexpr std::optional<Abi> abi_from(std::string_view name) {
  for (const Abi abi : all_abis)
    if (abi_name(abi) == name) return abi;
  return std::nullopt;
}

constexpr bool is_windows(Abi abi) { return abi != Abi::linux_x64; }

}  // namespace mmio_cts
