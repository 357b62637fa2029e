#pragma once

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace mmio_cts {

/// Parses the text of an input. Throws nlohmann::json::parse_error for what is no JSON, and
/// std::invalid_argument for what is nested deeper than anything that the suite reads, which would exhaust
/// the stack.
inline nlohmann::json parse_input(const std::string& text) {
  constexpr int deepest = 64;
  return nlohmann::json::parse(text, [](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
    if (depth > deepest) throw std::invalid_argument("is nested more than 64 levels deep");
    return true;
  });
}

}  // namespace mmio_cts
