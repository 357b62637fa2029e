#include "suite/cli/selftest/case_choice.h"

#include <algorithm>

namespace mmio_cts {
namespace {

constexpr std::size_t one_in = 12;
constexpr std::size_t enough_when_quick = 1;
constexpr std::size_t enough_usually = 40;

bool is_about(const Case& one, const std::set<std::string>& rows) {
  return std::any_of(one.requirements.begin(), one.requirements.end(),
                     [&](const std::string& row) { return rows.contains(row); });
}

bool is_defect(const TriedProcedure& tried) { return tried.kind == TriedProcedure::Kind::defect; }

}  // namespace

// `wanted` is told the case, whether it is the first instance of its file that is about its row, and the
// number of that file.
template <typename Wanted>
std::vector<Case> CaseChoice::those(Wanted wanted) const {
  std::vector<Case> chosen;
  const std::string* file = nullptr;
  std::set<std::string> rows;
  std::size_t number = 0;
  for (const Case& one : cases_) {
    if (file == nullptr || *file != one.file) {
      file = &one.file;
      ++number;
      rows.clear();
    }
    const bool is_first = rows.insert(one.requirements.front()).second;
    if (wanted(one, is_first, number)) chosen.push_back(one);
  }
  return chosen;
}

std::vector<Case> CaseChoice::first(const TriedProcedure& tried, std::size_t number) const {
  return those([&](const Case& one, bool is_first, std::size_t file) {
    if (extent_ == Extent::all) return true;
    if (extent_ == Extent::usual) return is_first;
    return is_first && (is_defect(tried) ? tried.breaks.contains(one.requirements.front())
                                         : file % one_in == number % one_in);
  });
}

std::vector<Case> CaseChoice::again(const TriedProcedure& tried, std::size_t number,
                                    const std::set<std::string>& asked,
                                    const std::set<std::string>& noticed) const {
  if (extent_ == Extent::all || !is_defect(tried)) return first(tried, number);
  // Spread evenly: some defects are noticed by nearly every case.
  const std::size_t enough = extent_ == Extent::quick ? enough_when_quick : enough_usually;
  std::size_t passed = 0;
  const auto is_taken = [&] {
    const std::size_t taken = passed * enough / noticed.size();
    return ++passed * enough / noticed.size() > taken;
  };
  return those([&](const Case& one, bool is_first, std::size_t file) {
    if (noticed.contains(one.id))
      return noticed.size() <= enough || is_taken() ||
             (extent_ == Extent::usual && is_first && is_about(one, tried.breaks));
    if (extent_ == Extent::quick) return false;
    return is_first && (file % one_in == number % one_in || !asked.contains(one.id));
  });
}

std::vector<Case> CaseChoice::more(const TriedProcedure& tried, const std::set<std::string>& done) const {
  return those([&](const Case& one, bool is_first, std::size_t) {
    // Which call fails, and how, is more than a number.
    const bool may_tell =
        is_about(one, tried.breaks) || (extent_ == Extent::usual && (is_first || one.only_in_sweep));
    return may_tell && !done.contains(one.id);
  });
}

}  // namespace mmio_cts
