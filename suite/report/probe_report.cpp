#include "suite/report/probe_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "suite/contract/printable.h"
#include "suite/report/json_report.h"
#include "suite/report/manifest_json.h"

namespace mmio_cts {
namespace {

constexpr std::size_t indent = 14;

std::string line(std::string_view label, const std::string& text) {
  return fmt::format("{:<{}}{}\n", label, indent, wrap(printable(text), indent));
}

std::string how_reached(const Reach& reach) {
  std::string text = reach.kind == Reach::Kind::returned_by ? "returned by " + reach.name
                     : reach.kind == Reach::Kind::installed ? "installed under '" + reach.name + "'"
                                                            : reach.name;
  if (!reach.init.empty()) text += " after " + reach.init + "()";
  return text;
}

std::string adapter_text(const Candidate& candidate) {
  const AdapterFunctions& has = candidate.adapter_functions;
  std::vector<std::string> names;
  for (const auto& [there, name] :
       {std::pair{has.prepare_open, "prepare_open"}, std::pair{has.put, "put"}, std::pair{has.view, "view"},
        std::pair{has.fail_next, "fail_next"}, std::pair{has.clean_up, "clean_up"}})
    if (there) names.emplace_back(name);
  return fmt::format("{}: {}", candidate.adapter.filename().string(), fmt::join(names, ", "));
}

/// "create, growable: it does not write": capabilities that lack for one reason, in the order of the first of
/// each.
std::vector<std::string> lacking_by_reason(const Manifest& declared, const Probed& probed) {
  std::vector<std::pair<std::string, std::string>> reasons;  // names, and why
  const auto add = [&](Capability capability, const std::string& why) {
    const std::string name(capability_name(capability));
    for (auto& [names, reason] : reasons)
      if (reason == why) {
        names += ", " + name;
        return;
      }
    reasons.emplace_back(name, why);
  };
  for (const auto& [capability, value] : declared.capabilities)
    if (!value) add(capability, "declared");
  for (const auto& [capability, why] : probed.absent) add(capability, why);
  std::vector<std::string> lines;
  for (const auto& [names, reason] : reasons) lines.push_back(names + ": " + reason);
  return lines;
}

}  // namespace

std::string probe_report(const Candidate& candidate, const Manifest& declared, const Probed& probed,
                         bool colour) {
  const Paint paint(colour);
  const CapabilitySet& can = probed.profile.can;
  std::vector<std::string> present;
  for (const CapabilityRow& row : capabilities)
    if (can.has(row.capability)) present.emplace_back(row.name);

  std::string text = fmt::format("{} {}\n", paint.bold(printable(candidate.library.filename().string())),
                                 paint.bold(printable(candidate.procedure)));
  text += line("library",
               fmt::format("{}, {}, {}", abi_name(candidate.abi), candidate.format, candidate.machine));
  constexpr std::size_t most_exports = 8;
  const auto shown = std::min(candidate.exports.size(), most_exports);
  text += line("exports",
               fmt::format("{}{}",
                           fmt::join(candidate.exports.begin(),
                                     candidate.exports.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
                           shown < candidate.exports.size()
                               ? fmt::format(", and {} more", candidate.exports.size() - shown)
                               : ""));
  text += line("procedure", how_reached(candidate.reach));
  if (candidate.adapter_functions.any()) text += line("adapter", adapter_text(candidate));
  text += line("role", fmt::format("{}, content: {}", role_of(can), content_name(probed.profile.content)));
  text += line("capable of", fmt::format("{}", fmt::join(present, ", ")));
  const std::vector<std::string> lacking = lacking_by_reason(declared, probed);
  for (std::size_t i = 0; i < lacking.size(); ++i) text += line(i == 0 ? "lacks" : "", lacking[i]);
  for (std::size_t i = 0; i < probed.noticed.size(); ++i)
    text += line(i == 0 ? "noticed" : "", probed.noticed[i]);
  for (std::size_t i = 0; i < probed.ended.size(); ++i)
    text += line(i == 0 ? "ended badly" : "", probed.ended[i]);
  text += "\nThe manifest that says so, for --manifest:\n\n";
  return text + to_text(manifest_json(candidate, declared, probed));
}

}  // namespace mmio_cts
