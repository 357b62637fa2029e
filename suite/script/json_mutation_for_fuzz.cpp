#include "suite/script/json_mutation_for_fuzz.h"

#include <algorithm>
#include <random>
#include <sstream>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace mmio_cts {
namespace {

using nlohmann::json;
using Random = std::minstd_rand;

std::size_t below(Random& random, std::size_t count) { return random() % count; }

void collect_words(const json& node, std::vector<std::string>& words) {
  if (node.is_string()) words.push_back(node.get<std::string>());
  if (node.is_object())
    for (const auto& [name, child] : node.items()) words.push_back(name);
  if (node.is_structured())
    for (const json& child : node) collect_words(child, words);
}

void collect_nodes(json& node, std::vector<json*>& nodes) {
  nodes.push_back(&node);
  if (node.is_structured())
    for (json& child : node) collect_nodes(child, nodes);
}

json odd_value(Random& random, const std::vector<std::string>& words) {
  static const json values = {nullptr,
                              true,
                              false,
                              0,
                              -1,
                              1,
                              2,
                              255,
                              256,
                              65536,
                              4096,
                              INT32_MAX,
                              INT32_MIN,
                              UINT32_MAX,
                              INT64_MAX,
                              INT64_MIN,
                              UINT64_MAX,
                              1.5,
                              -1e300,
                              "",
                              "\n",
                              "../a",
                              "$content",
                              "$size+1",
                              json::array(),
                              json::object(),
                              "USER+1",
                              "error"};
  const std::size_t which = below(random, values.size() + 8);
  return which < values.size() ? values[which] : json(words[below(random, words.size())]);
}

std::string changed_text(std::string text, Random& random) {
  if (below(random, 2) == 0 && !text.empty()) {
    text.erase(0, below(random, text.size()));
  } else {
    const std::size_t size = text.size();
    text.resize(size + 8);
    text.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(text.data()), size, text.size()));
  }
  // What is no UTF-8 cannot be written as JSON.
  for (char& c : text) c = static_cast<char>(c & 0x7F);
  return text;
}

void change_value(json& node, Random& random) {
  if (node.is_number_integer() && below(random, 2) == 0)
    // As unsigned: it may overflow.
    node = static_cast<std::int64_t>(static_cast<std::uint64_t>(node.get<std::int64_t>()) + below(random, 9) -
                                     4);
  else if (node.is_string())
    node = changed_text(node, random);
  else if (node.is_boolean())
    node = !node.get<bool>();
  else if (node.is_structured() && !node.empty())
    node.erase(std::next(node.begin(), static_cast<std::ptrdiff_t>(below(random, node.size()))));
}

void add_child(json& node, json child, Random& random, const std::vector<std::string>& words) {
  if (node.is_array())
    node.insert(std::next(node.begin(), static_cast<std::ptrdiff_t>(below(random, node.size() + 1))),
                std::move(child));
  else if (node.is_object())
    node[words[below(random, words.size())]] = std::move(child);
}

void rename_child(json& node, Random& random, const std::vector<std::string>& words) {
  if (!node.is_object() || node.empty()) return;
  const auto child = std::next(node.begin(), static_cast<std::ptrdiff_t>(below(random, node.size())));
  json value = std::move(*child);
  node.erase(child);
  node[words[below(random, words.size())]] = std::move(value);
}

void change_once(json& document, Random& random, const std::vector<std::string>& words) {
  std::vector<json*> nodes;
  collect_nodes(document, nodes);
  json& node = *nodes[below(random, nodes.size())];
  const json other = *nodes[below(random, nodes.size())];
  switch (below(random, 7)) {
    case 0:
      node = odd_value(random, words);
      break;
    case 1:
      node = other;
      break;
    case 2:
      add_child(node, other, random, words);
      break;
    case 3:
      add_child(node, odd_value(random, words), random, words);
      break;
    case 4:
      rename_child(node, random, words);
      break;
    default:
      change_value(node, random);
  }
}

}  // namespace

JsonMutator::JsonMutator(std::string_view schema) { collect_words(json::parse(schema), words_); }

json JsonMutator::mutate(json document, unsigned seed) const {
  Random random(seed);
  for (std::size_t left = 1 + below(random, 3); left > 0; --left) change_once(document, random, words_);
  return document;
}

std::size_t JsonMutator::mutate_lines(std::uint8_t* data, std::size_t size, std::size_t most,
                                      unsigned seed) const {
  constexpr unsigned bytes_instead = 16;
  if (seed % bytes_instead == 0) return LLVMFuzzerMutate(data, size, most);
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<std::string> lines;
  if (const json whole = json::parse(text, nullptr, false); !whole.is_discarded()) {
    lines.push_back(whole.dump());
  } else {
    std::istringstream stream{std::string(text)};
    for (std::string line; std::getline(stream, line);) lines.push_back(std::move(line));
  }
  if (lines.empty()) return LLVMFuzzerMutate(data, size, most);
  std::string& line = lines[(seed / bytes_instead) % lines.size()];
  const json document = json::parse(line, nullptr, false);
  if (document.is_discarded()) return LLVMFuzzerMutate(data, size, most);
  line = mutate(document, seed).dump();
  std::string all;
  for (const std::string& one : lines) all += (all.empty() ? "" : "\n") + one;
  if (all.size() > most) return LLVMFuzzerMutate(data, size, most);
  std::copy(all.begin(), all.end(), data);
  return all.size();
}

}  // namespace mmio_cts
