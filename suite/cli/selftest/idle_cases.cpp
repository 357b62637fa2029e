#include "suite/cli/selftest/idle_cases.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

namespace mmio_cts {
namespace {

// Where but one of the cases about a row notices the defects that break it, the row is without proof without
// that case.
std::set<std::string> only_proofs(const std::vector<Case>& cases, const KillMatrix& matrix) {
  std::map<std::string, std::set<std::string>> proofs;  // row and the cases about it that notice
  for (const Case& one : cases)
    for (const TriedProcedure& tried : matrix.procedures)
      if (tried.is_caught() && tried.failing.contains(one.id))
        for (const std::string& row : one.requirements)
          if (tried.breaks.contains(row)) proofs[row].insert(one.name());
  std::set<std::string> names;
  for (const auto& [row, noticing] : proofs)
    if (noticing.size() == 1) names.insert(*noticing.begin());
  return names;
}

}  // namespace

tl::expected<std::vector<KeptCases>, Error> read_kept_cases(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) return tl::unexpected(Error{file.string(), "", "cannot be read"});
  try {
    std::vector<KeptCases> all;
    const auto document = nlohmann::json::parse(stream);
    for (const auto& entry : document.at("kept")) all.push_back({entry.at("cases"), entry.at("reason")});
    return all;
  } catch (const nlohmann::json::parse_error& error) {
    return tl::unexpected(Error{file.string(), fmt::format("byte {}", error.byte), "not JSON"});
  } catch (const nlohmann::json::exception&) {
    return tl::unexpected(
        Error{file.string(), "/kept", R"(wanted are entries {"cases": ["read/*"], "reason": "..."})"});
  }
}

Idleness find_idle(const std::vector<Case>& cases, const KillMatrix& matrix,
                   const std::vector<KeptCases>& kept) {
  Idleness found;
  found.needed = only_proofs(cases, matrix);
  for (const TriedProcedure& tried : matrix.procedures)
    found.needed.insert(tried.needs.begin(), tried.needs.end());
  for (const Case& one : cases)
    if (!found.needed.contains(one.name())) found.idle.insert(one.name());
  for (const KeptCases& entry : kept)
    for (const std::string& glob : entry.globs) {
      std::set<std::string> matching;
      for (const auto* names : {&found.idle, &found.kept})
        std::copy_if(names->begin(), names->end(), std::inserter(matching, matching.end()),
                     [&](const std::string& name) { return fnmatch(glob.c_str(), name.c_str(), 0) == 0; });
      if (matching.empty()) found.vain_globs.push_back(glob);
      for (const std::string& name : matching) found.idle.erase(name);
      found.kept.merge(matching);
    }
  return found;
}

}  // namespace mmio_cts
