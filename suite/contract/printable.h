#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace mmio_cts {

/// Whether `text` is well-formed UTF-8 without control characters, so that it can stand in a line or in JSON.
bool is_printable(std::string_view text);

/// `text`, with the bytes that stand in the way of being printable written as \x1b.
std::string printable(std::string_view text);

/// A path as printable UTF-8.
std::string printable_path(const std::filesystem::path& path);

}  // namespace mmio_cts
