#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "suite/script/pattern.h"
#include "suite/script/step.h"

namespace mmio_cts {

/// The width that texts for a person are laid out for, in columns.
inline constexpr std::size_t text_width = 100;

/// Breaks `text` at blanks so that no line, `indent` included, is wider than text_width, words that are wider
/// aside. The first line has no indent: it follows what is there already, `indent` columns wide. No newline
/// at the end.
std::string wrap(std::string_view text, std::size_t indent);

/// "01 02 ff": the first `most` bytes.
std::string hex(const Bytes& bytes, std::size_t most);

/// The first `most` bytes as ASCII, with a dot for all that is not printable.
std::string ascii(const Bytes& bytes, std::size_t most);

/// True for 0x00000000FFFFFFFF: a -1 that was not sign-extended (requirement ABI-05).
constexpr bool is_zero_extended(std::int64_t result) { return result == 0xFFFFFFFF; }

/// True if the step is a READ.
bool reads(const Step& step);

/// "1 byte", "2 bytes".
std::string counted(std::size_t count, std::string_view one, std::string_view several);

/// ANSI colours, or none.
class Paint {
 public:
  explicit Paint(bool colour) : colour_(colour) {}
  std::string bold(std::string_view text) const { return with("1", text); }
  std::string red(std::string_view text) const { return with("1;31", text); }
  std::string green(std::string_view text) const { return with("1;32", text); }
  std::string yellow(std::string_view text) const { return with("33", text); }
  std::string faint(std::string_view text) const { return with("2", text); }

 private:
  std::string with(std::string_view code, std::string_view text) const;
  bool colour_;
};

}  // namespace mmio_cts
