#include "suite/script/schema.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace mmio_cts {
namespace {

using nlohmann::json;
using valijson::adapters::NlohmannJsonAdapter;

// The library tells a place as {"<root>", "[steps]", "[2]"}; a person and an editor want "/steps/2".
json::json_pointer pointer_from(const std::vector<std::string>& context) {
  json::json_pointer pointer;
  for (const std::string& part : context)
    if (part.starts_with('[')) pointer.push_back(part.substr(1, part.size() - 2));
  return pointer;
}

std::string quoted_part(const std::string& text) {
  const std::size_t begin = text.find(": '") == text.npos ? text.find('\'') : text.find(": '") + 2;
  return text.substr(begin, text.rfind('\'') + 1 - begin);
}

// In the words of somebody who writes the document rather than of somebody who wrote the schema.
std::string explain(const std::string& description, const json& value) {
  if (description.starts_with("Failed to match against any enum") ||
      description.find("'const'") != std::string::npos)
    return fmt::format("{} is not one of the values allowed here", value.dump());
  if (description.starts_with("Value type not permitted"))
    return fmt::format("{} is of the wrong type", value.dump());
  if (description.starts_with("Missing required property"))
    return fmt::format("member {} is missing", quoted_part(description));
  if (description.starts_with("Object contains a property"))
    return fmt::format("member {} is not known here", quoted_part(description));
  return description;
}

}  // namespace

struct Schema::Implementation {
  json document;  // the parsed schema refers to it
  valijson::Schema schema;
};

Schema::Schema(std::string_view text, const std::string& definition)
    : implementation_(std::make_unique<Implementation>()) {
  json& document = implementation_->document;
  document = json::parse(text);
  if (!definition.empty())
    document = {{"$ref", "#/definitions/" + definition}, {"definitions", document.at("definitions")}};
  valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
  parser.populateSchema(NlohmannJsonAdapter(document), implementation_->schema);
}

Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;
Schema::~Schema() = default;

std::optional<Error> Schema::check(const json& document) const {
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  valijson::ValidationResults results;
  if (validator.validate(implementation_->schema, NlohmannJsonAdapter(document), &results))
    return std::nullopt;
  // The innermost place is told first; what follows only repeats that its parents are wrong, too.
  valijson::ValidationResults::Error first;
  results.popError(first);
  const json::json_pointer pointer = pointer_from(first.context);
  const json value = document.contains(pointer) ? document.at(pointer) : json();
  return Error{"", pointer.to_string(), explain(first.description, value)};
}

}  // namespace mmio_cts
