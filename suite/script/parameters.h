#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace mmio_cts {

/// One combination of a case's parameters.
struct Instance {
  std::string suffix;  ///< "@mode=READ,size=4096", in the order of the parameters' names; empty without any
  nlohmann::json document;  ///< the case with "for" taken away and every "$name" replaced
};

/// Every combination of the values under "for", the last parameter running fastest. A string that is just
/// "$name" becomes the value; "$name+1", "$name-1" and "$name*2" become numbers; "$$" at the start of a
/// text stands for "$". Throws std::invalid_argument
/// with a sentence for an unknown name or arithmetic on something that is no number.
/// "$content" is no parameter and stays.
std::vector<Instance> expand(const nlohmann::json& document);

/// Puts a number of bytes in place of every "$content", "$content-5" ...; throws as above.
void bind_content(nlohmann::json& document, std::int64_t size);

/// Whether there is one to replace.
bool mentions_content(const nlohmann::json& document);

}  // namespace mmio_cts
