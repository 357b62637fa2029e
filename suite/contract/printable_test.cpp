#include "suite/contract/printable.h"

#include <gtest/gtest.h>

namespace mmio_cts {
namespace {

using namespace std::string_view_literals;

TEST(Printable, KeepsWellFormedUtf8) {
  for (const std::string_view text :
       {""sv, "IOProc"sv, "\xC3\xA4"sv, "\xE2\x82\xAC"sv, "\xF0\x9F\x8E\xB5"sv}) {
    EXPECT_TRUE(is_printable(text));
    EXPECT_EQ(printable(text), text);
  }
}

TEST(Printable, WritesEverythingElseAsItsBytes) {
  EXPECT_EQ(printable("a\nb\x1B[0m"), "a\\x0ab\\x1b[0m");
  EXPECT_EQ(printable("\x7F\0"sv), "\\x7f\\x00");
  EXPECT_EQ(printable("\xC2\x85"), "\\xc2\\x85") << "a control character of two bytes";
  EXPECT_EQ(printable("\xC0\xAF"), "\\xc0\\xaf") << "an overlong form";
  EXPECT_EQ(printable("\xE0\x80\xAF"), "\\xe0\\x80\\xaf") << "an overlong form";
  EXPECT_EQ(printable("\xED\xA0\x80"), "\\xed\\xa0\\x80") << "a surrogate";
  EXPECT_EQ(printable("\xF4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80") << "past the last code point";
  EXPECT_EQ(printable("\xE2\x82"), "\\xe2\\x82") << "cut off";
}

}  // namespace
}  // namespace mmio_cts
