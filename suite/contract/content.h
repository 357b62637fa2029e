#pragma once

#include <optional>
#include <string_view>

namespace mmio_cts {

/// How what is read and stored goes together with what was written.
enum class Content {
  exact,   ///< they are the same
  opaque,  ///< it has content of its own: the first sequential read is the truth
  none,    ///< they are not, as with an encoder: bytes and sizes are not compared
};

inline constexpr std::string_view content_names[] = {"exact", "opaque", "none"};

constexpr std::string_view content_name(Content content) { return content_names[static_cast<int>(content)]; }

constexpr std::optional<Content> content_from(std::string_view name) {
  for (const Content content : {Content::exact, Content::opaque, Content::none})
    if (content_name(content) == name) return content;
  return std::nullopt;
}

}  // namespace mmio_cts
