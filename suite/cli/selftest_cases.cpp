#include "suite/cli/selftest_cases.h"

#include <algorithm>

namespace mmio_cts {
namespace {

bool is_about(const Case& one, const std::set<std::string>& rows) {
  return std::any_of(one.requirements.begin(), one.requirements.end(),
                     [&](const std::string& row) { return rows.contains(row); });
}

// The cases that noticed it natively; null if it was not tried natively before.
const std::set<std::string>* noticed_natively(const std::string& name,
                                              const std::vector<KillMatrix>& before) {
  for (const KillMatrix& matrix : before)
    for (const TriedProcedure& one : matrix.procedures)
      if (matrix.abi == Abi::linux_x64 && one.name == name) return &one.failing;
  return nullptr;
}

}  // namespace

std::vector<Case> CaseChoice::of(const TriedProcedure& tried, Abi abi,
                                 const std::vector<KillMatrix>& before) const {
  if (extent_ == Extent::all) return cases_;
  const bool is_defect = tried.kind == TriedProcedure::Kind::defect;
  // Instances differ in numbers, not in what they do: where one did not notice a fault natively it need not
  // be asked again.
  const auto* noticed = abi == Abi::linux_x64 ? nullptr : noticed_natively(tried.name, before);
  std::vector<Case> chosen;
  const std::string* last_file = nullptr;
  for (const Case& one : cases_) {
    const bool is_first = last_file == nullptr || *last_file != one.file;
    last_file = &one.file;
    const bool concerns =
        is_defect && (noticed != nullptr ? noticed->contains(one.id) : is_about(one, tried.breaks));
    const bool represents = is_first && !(is_defect && extent_ == Extent::about_the_defect);
    if (concerns || represents) chosen.push_back(one);
  }
  return chosen;
}

}  // namespace mmio_cts
