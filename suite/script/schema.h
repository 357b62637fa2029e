#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "suite/contract/error.h"

namespace mmio_cts {

/// A JSON Schema of draft-07, as far as the suite's schemas use it.
class Schema {
 public:
  /// `text` is a schema document; with a `definition`, the one of that name in its "definitions" is checked
  /// against instead of the whole. `text` is the suite's own and must be well-formed.
  explicit Schema(std::string_view text, const std::string& definition = "");
  Schema(Schema&&) noexcept;
  Schema& operator=(Schema&&) noexcept;
  ~Schema();

  /// The first violation of `document`, its place as JSON pointer from the document's root; none if it is
  /// valid.
  std::optional<Error> check(const nlohmann::json& document) const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// The published schema of cases, reports/schema/case.schema.json.
std::string_view case_schema_text();

}  // namespace mmio_cts
