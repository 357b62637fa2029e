#include "suite/script/parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <stdexcept>

namespace mmio_cts {
namespace {

using nlohmann::json;
using Values = std::map<std::string, json>;

constexpr std::string_view content_name = "$content";

bool is_content(const json& node) {
  return node.is_string() && node.get_ref<const std::string&>().starts_with(content_name);
}

json evaluate(std::string_view expression, const Values& values) {
  const std::size_t end = expression.find_first_of("+-*");
  const std::string name(expression.substr(1, end == expression.npos ? end : end - 1));
  const auto found = values.find(name);
  if (found == values.end())
    throw std::invalid_argument(
        fmt::format("'{}': there is no parameter '{}' under \"for\"", expression, name));
  if (end == expression.npos) return found->second;
  const std::string_view digits = expression.substr(end + 1);
  std::int64_t operand = 0;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), operand);
  if (!found->second.is_number_integer() || error != std::errc{} || stop != digits.data() + digits.size())
    throw std::invalid_argument(
        fmt::format("'{}': only a whole number can be added to a number", expression));
  const auto value = found->second.get<std::int64_t>();
  std::int64_t result = 0;
  const bool overflows = expression[end] == '+'   ? __builtin_add_overflow(value, operand, &result)
                         : expression[end] == '-' ? __builtin_sub_overflow(value, operand, &result)
                                                  : __builtin_mul_overflow(value, operand, &result);
  if (overflows) throw std::invalid_argument(fmt::format("'{}' does not fit 64 bits", expression));
  return result;
}

void substitute(json& node, const Values& values) {
  if (node.is_structured()) {
    for (json& child : node) substitute(child, values);
  } else if (node.is_string() && node.get_ref<const std::string&>().starts_with('$') && !is_content(node)) {
    const std::string text = node;
    // "$$" stands for a text that begins with "$".
    node = text.starts_with("$$") ? json(text.substr(1)) : evaluate(text, values);
  }
}

std::string suffix_of(const Values& values) {
  std::string suffix;
  for (const auto& [name, value] : values)
    suffix += fmt::format("{}{}={}", suffix.empty() ? "@" : ",", name,
                          value.is_string() ? value.get<std::string>() : value.dump());
  return suffix;
}

}  // namespace

std::vector<Instance> expand(const json& document) {
  std::vector<Values> combinations = {{}};
  const json parameters = document.value("for", json::object());
  for (const auto& [name, list] : parameters.items()) {
    std::vector<Values> longer;
    for (const Values& values : combinations)
      for (const json& value : list) {
        longer.push_back(values);
        longer.back()[name] = value;
      }
    combinations = std::move(longer);
  }
  std::vector<Instance> instances;
  for (const Values& values : combinations) {
    json copy = document;
    copy.erase("for");
    substitute(copy, values);
    instances.push_back({suffix_of(values), std::move(copy)});
  }
  return instances;
}

void bind_content(json& node, std::int64_t size) {
  if (node.is_structured())
    for (json& child : node) bind_content(child, size);
  else if (is_content(node))
    node = evaluate(node.get<std::string>(), {{"content", size}});
}

bool mentions_content(const json& node) {
  if (!node.is_structured()) return is_content(node);
  return std::any_of(node.begin(), node.end(), mentions_content);
}

}  // namespace mmio_cts
