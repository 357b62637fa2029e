#include "suite/contract/contract.h"

#include <nlohmann/json.hpp>
#include <regex>

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

// "WF-01/04" names WF-01 and WF-04, "RD-04+RD-07" both.
std::vector<std::string> rows_named_in(const std::string& source) {
  std::vector<std::string> ids;
  static const std::regex form("([A-Z]{2,3}-)([0-9]{2}b?)((?:/[0-9]{2})*)(?![0-9])");
  for (std::sregex_iterator it(source.begin(), source.end(), form), end; it != end; ++it) {
    ids.push_back((*it)[1].str() + (*it)[2].str());
    const std::string more = (*it)[3];
    for (std::size_t at = 0; at < more.size(); at += 3)
      ids.push_back((*it)[1].str() + more.substr(at + 1, 2));
  }
  return ids;
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
  r.follows_from = rows_named_in(r.source);
  r.capability = row.value("capability", "");
  r.umbrella = row.contains("children");
  r.children = row.value("children", std::vector<std::string>{});
  r.contradictions = row.value("contradictions", std::vector<std::string>{});
  r.untestable = row.value("untestable", "");
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

std::optional<Level> level_from(std::string_view name) {
  for (const Level level : {Level::must, Level::should, Level::may, Level::observed})
    if (level_name(level) == name) return level;
  return std::nullopt;
}
std::string_view tier_name(Tier tier) { return tier_names[static_cast<int>(tier)]; }

Contract Contract::parse(std::string_view text) {
  const json document = json::parse(text);
  Contract contract;
  contract.version_ = document.at("version");
  for (const json& row : document.at("requirements")) contract.requirements_.push_back(requirement_from(row));
  for (const json& row : document.at("contradictions"))
    contract.contradictions_.push_back(
        {row.at("id"), row.at("topic"), row.at("sources"), row.at("ruling"), row.at("why")});
  for (const json& row : document.at("rulings"))
    contract.rulings_.push_back({row.at("id"), row.at("ruling")});
  for (const json& row : document.at("areas")) contract.areas_.push_back({row.at("id"), row.at("title")});
  for (const json& row : document.at("source_keys"))
    contract.source_keys_.push_back({row.at("key"), row.at("source")});
  // Defects and deviations have ids of the same form, but are no rows.
  for (Requirement& row : contract.requirements_)
    std::erase_if(row.follows_from, [&](const std::string& id) { return contract.find(id) == nullptr; });
  return contract;
}

Contract Contract::embedded() { return parse(embedded_contract_text()); }

const Requirement* Contract::find(std::string_view id) const { return find_row(requirements_, id); }

const Contradiction* Contract::find_contradiction(std::string_view id) const {
  return find_row(contradictions_, id);
}

const Ruling* Contract::find_ruling(std::string_view id) const { return find_row(rulings_, id); }

bool asks_for_a_case(const Requirement& row) {
  return row.tier != Tier::manager && (row.level == Level::must || row.level == Level::should) &&
         !row.umbrella;
}

}  // namespace mmio_cts
