#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mmio_cts {

/// How binding a requirement is, strongest first.
enum class Level { must, should, may, observed };

std::string_view level_name(Level level);
std::optional<Level> level_from(std::string_view name);

/// What a requirement is about: the procedure; a capability it may lack (profile); what is reported but never
/// fails (robustness); or the manager, winmm, rather than the procedure.
enum class Tier { procedure, profile, robustness, manager };

std::string_view tier_name(Tier tier);

/// One row of the contract.
struct Requirement {
  std::string id;  ///< stable, e.g. "WF-05"
  std::string area;
  std::string message;  ///< "WRITEFLUSH"; empty where it is not about one message
  Level level = Level::observed;
  Tier tier = Tier::procedure;
  bool derived = false;  ///< follows from a documented duty
  std::string statement;
  std::string source;
  std::string check;
  std::string capability;  ///< the capability that makes it apply; empty if always
  bool umbrella = false;   ///< sums up its children and is never blamed itself
  std::vector<std::string> children;
  std::vector<std::string> follows_from;  ///< rows that its source names: if one is violated, so is it
  std::vector<std::string> contradictions;
  std::string untestable;  ///< why no case can test it from outside; empty for nearly all
};

/// Where the sources disagree, and how the suite rules.
struct Contradiction {
  std::string id;
  std::string topic;
  std::string sources;  ///< who says what
  std::string ruling;
  std::string why;  ///< what speaks for the ruling
};

/// What the suite accepts where the rows are silent.
struct Ruling {
  std::string id;  ///< "R-07"
  std::string ruling;
};

/// A group of rows that stand together in the catalogue.
struct Area {
  std::string id;  ///< as in Requirement::area
  std::string title;
};

/// What a key in Requirement::source stands for.
struct SourceKey {
  std::string key;
  std::string source;
};

/// Every requirement with its source, in the order of the catalogue.
class Contract {
 public:
  /// Reads requirements.json; `text` must be well-formed, which the tests of this folder assure for the
  /// embedded one. Throws nlohmann::json::exception otherwise.
  static Contract parse(std::string_view text);

  /// The contract that is built into the program.
  static Contract embedded();

  /// Semantic. The first number rises if a procedure that kept to the contract may break it now (a must or
  /// should is new or stricter); the second if rows or rulings are added or relaxed; the third if texts
  /// change.
  const std::string& version() const { return version_; }

  const std::vector<Requirement>& requirements() const { return requirements_; }
  const std::vector<Contradiction>& contradictions() const { return contradictions_; }
  const std::vector<Ruling>& rulings() const { return rulings_; }
  const std::vector<Area>& areas() const { return areas_; }
  const std::vector<SourceKey>& source_keys() const { return source_keys_; }

  /// Null if there is none with that id. The pointer lives as long as the contract.
  const Requirement* find(std::string_view id) const;
  const Contradiction* find_contradiction(std::string_view id) const;
  const Ruling* find_ruling(std::string_view id) const;

 private:
  std::string version_;
  std::vector<Requirement> requirements_;
  std::vector<Contradiction> contradictions_;
  std::vector<Ruling> rulings_;
  std::vector<Area> areas_;
  std::vector<SourceKey> source_keys_;
};

/// True for a row that the suite must put to the test or say why not: a must or should that is about a
/// procedure and sums up no others.
bool asks_for_a_case(const Requirement& row);

/// The text of requirements.json as built in, for digests.
std::string_view embedded_contract_text();

}  // namespace mmio_cts
