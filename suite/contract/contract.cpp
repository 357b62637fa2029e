#include "suite/contract/contract.h"

#include <nlohmann/json.hpp>

namespace mmio_cts {
namespace {

using nlohmann::json;

constexpr std::string_view level_names[] = {"must", "should", "may", "observed"};
constexpr std::string_view tier_names[] = {"procedure", "profile", "robustness", "manager"};

template <typename Enum, std::size_t count>
Enum named(const std::string_view (&names)[count], const std::string& name) {
  for (std::size_t i = 0; i < count; ++i)
    if (names[i] == name) return static_cast<Enum>(i);
  throw json::other_error::create(501, "unknown name '" + name + "' in the contract", nullptr);
}

Requirement requirement_from(const json& row) {
  Requirement r;
  r.id = row.at("id");
  r.area = row.at("area");
  r.message = row.value("message", "");
  r.level = named<Level>(level_names, row.at("level"));
  r.tier = named<Tier>(tier_names, row.at("tier"));
  r.derived = row.value("derived", false);
  r.statement = row.at("statement");
  r.source = row.at("source");
  r.check = row.at("check");
  r.capability = row.value("capability", "");
  r.umbrella = row.contains("children");
  r.children = row.value("children", std::vector<std::string>{});
  r.contradictions = row.value("contradictions", std::vector<std::string>{});
  return r;
}

template <typename Row>
const Row* find_row(const std::vector<Row>& rows, std::string_view id) {
  for (const Row& row : rows)
    if (row.id == id) return &row;
  return nullptr;
}

}  // namespace

std::string_view level_name(Level level) { return level_names[static_cast<int>(level)]; }
std::string_view tier_name(Tier tier) { return tier_names[static_cast<int>(tier)]; }

Contract Contract::parse(std::string_view text) {
  const json document = json::parse(text);
  Contract contract;
  for (const json& row : document.at("requirements")) contract.requirements_.push_back(requirement_from(row));
  for (const json& row : document.at("contradictions"))
    contract.contradictions_.push_back({row.at("id"), row.at("topic"), row.at("sources"), row.at("ruling")});
  return contract;
}

Contract Contract::embedded() { return parse(embedded_contract_text()); }

const Requirement* Contract::find(std::string_view id) const { return find_row(requirements_, id); }

const Contradiction* Contract::find_contradiction(std::string_view id) const {
  return find_row(contradictions_, id);
}

}  // namespace mmio_cts
