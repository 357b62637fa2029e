#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace mmio_cts {

/// Changes JSON documents so that they stay JSON: what libFuzzer does to bytes seldom comes past the parser.
class JsonMutator {
 public:
  /// New members and values are taken from the words of `schema`, besides the document's own.
  explicit JsonMutator(std::string_view schema);

  /// One or a few changes: a value replaced, taken from elsewhere, doubled or removed, a member added or
  /// renamed.
  nlohmann::json mutate(nlohmann::json document, unsigned seed) const;

  /// For LLVMFuzzerCustomMutator: changes one line of `data`, each of which is a document; now and then, and
  /// where the line is none, its bytes. Documents spread over lines become one.
  std::size_t mutate_lines(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) const;

 private:
  std::vector<std::string> words_;
};

}  // namespace mmio_cts
