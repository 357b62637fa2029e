#include "suite/report/text_layout.h"

#include <fmt/format.h>

#include <algorithm>

#include "suite/contract/message.h"

namespace mmio_cts {

std::string wrap(std::string_view text, std::size_t indent) {
  std::string all;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (column == indent) {
      all += word;
    } else if (column + 1 + word.size() <= text_width) {
      all.append(" ").append(word);
      ++column;
    } else {
      all.append("\n").append(indent, ' ').append(word);
      column = indent;
    }
    column += word.size();
  }
  return all;
}

std::string hex(const Bytes& bytes, std::size_t most) {
  return fmt::format(
      "{:02x}", fmt::join(bytes.begin(),
                          bytes.begin() + static_cast<std::ptrdiff_t>(std::min(most, bytes.size())), " "));
}

std::string ascii(const Bytes& bytes, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(most, bytes.size()); ++i)
    text += bytes[i] >= 0x20 && bytes[i] < 0x7F ? static_cast<char>(bytes[i]) : '.';
  return text;
}

bool reads(const Step& step) {
  const auto* send = std::get_if<Send>(&step.action);
  return send != nullptr && send->message == message::read;
}

std::string counted(std::size_t count, std::string_view one, std::string_view several) {
  return fmt::format("{} {}", count, count == 1 ? one : several);
}

std::string Paint::with(std::string_view code, std::string_view text) const {
  return colour_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

}  // namespace mmio_cts
