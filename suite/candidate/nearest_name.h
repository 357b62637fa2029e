#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mmio_cts {

/// The one of `names` that `name` is most likely a misspelling of, the first if several are; none if all
/// differ in more than a third of `name`. Upper and lower case are the same.
std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string> names);

}  // namespace mmio_cts
