#include <nlohmann/json.hpp>
#include <set>

#include "suite/contract/check_for_fuzz.h"
#include "suite/script/case_reader.h"
#include "suite/script/json_mutation_for_fuzz.h"
#include "suite/script/schema.h"
#include "suite/script/step_reader.h"

using namespace mmio_cts;

namespace {

void check_case(const Case& one, const Contract& contract) {
  require(!one.steps.empty() && !one.requirements.empty(), "a case has a step and a requirement");
  require(one.steps.size() == one.step_documents.size(), "each step has its document");
  for (const std::string& id : one.requirements) require(contract.find(id) != nullptr, "it is about a row");
  for (std::size_t i = 0; i < one.steps.size() && i < 100; ++i) {
    const std::string told = describe(one.steps[i]);
    // What a worker is told must mean the same to it.
    require(describe(read_step(nlohmann::json::parse(one.step_documents[i]))) == told,
            "a step's document is that step");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Contract contract = Contract::embedded();
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto cases = read_cases(text, "fuzz/one", "one.json", contract);
  if (!cases) {
    require(cases.error().file == "one.json", "an error names the file");
    require_one_clear_line(cases.error());
    return 0;
  }
  std::set<std::string> ids;
  for (const Case& one : *cases) {
    require(ids.insert(one.id).second, "each instance has an id of its own");
    check_case(one, contract);
    if (one.unbound.empty()) continue;
    const auto bound = bind_content(one, 5044, contract);
    if (bound)
      check_case(*bound, contract);
    else
      require_one_clear_line(bound.error());
  }
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most,
                                               unsigned seed) {
  static const JsonMutator mutator(case_schema_text());
  return mutator.mutate_lines(data, size, most, seed);
}
