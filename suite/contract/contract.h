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
};

/// Where the sources disagree, and how the suite rules.
struct Contradiction {
  std::string id;
  std::string topic;
  std::string sources;
  std::string ruling;
};

/// Every requirement with its source, in the order of the catalogue.
class Contract {
 public:
  /// Reads requirements.json; `text` must be well-formed, which the tests of this folder assure for the
  /// embedded one. Throws nlohmann::json::exception otherwise.
  static Contract parse(std::string_view text);

  /// The contract that is built into the program.
  static Contract embedded();

  const std::vector<Requirement>& requirements() const { return requirements_; }
  const std::vector<Contradiction>& contradictions() const { return contradictions_; }

  /// Null if there is none with that id. The pointer lives as long as the contract.
  const Requirement* find(std::string_view id) const;
  const Contradiction* find_contradiction(std::string_view id) const;

 private:
  std::vector<Requirement> requirements_;
  std::vector<Contradiction> contradictions_;
};

/// The text of requirements.json as built in, for digests and for `mmio-cts list requirements --json`.
std::string_view embedded_contract_text();

}  // namespace mmio_cts
