#include "suite/contract/printable.h"

#include <fmt/format.h>

#include <cstdint>

namespace mmio_cts {
namespace {

unsigned char byte_at(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }

/// The length of the printable character at the front of `text`, 0 if there is none.
std::size_t character_length(std::string_view text) {
  const unsigned char first = byte_at(text, 0);
  if (first < 0x80) return first >= 0x20 && first != 0x7F ? 1 : 0;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  std::uint32_t code = first & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte_at(text, i) & 0xC0) != 0x80) return 0;
    code = code << 6 | (byte_at(text, i) & 0x3F);
  }
  constexpr std::uint32_t smallest[] = {0, 0, 0xA0, 0x800, 0x10000};  // 0x80 to 0x9F are controls
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return code >= smallest[length] && code <= 0x10FFFF && !surrogate ? length : 0;
}

}  // namespace

bool is_printable(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string printable(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    if (length == 0)
      result += fmt::format("\\x{:02x}", byte_at(text, 0));
    else
      result += text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return result;
}

std::string printable_path(const std::filesystem::path& path) {
  const std::u8string text = path.u8string();
  return printable(std::string_view(reinterpret_cast<const char*>(text.data()), text.size()));
}

}  // namespace mmio_cts
