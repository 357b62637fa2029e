#include "suite/cli/selftest/hostile_selftest.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <mutex>
#include <optional>

#include "suite/cli/case_selection.h"
#include "suite/cli/console.h"
#include "suite/cli/resources.h"
#include "suite/cli/selftest/hostile_trial.h"
#include "suite/cli/selftest/in_parallel.h"

namespace mmio_cts {
namespace {

ExitCode refuse(const Error& error) {
  print_error(to_string(error));
  return ExitCode::suite_failure;
}

bool is_named(const Hostile& one, const std::vector<std::string>& globs) {
  return std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) {
    return fnmatch(glob.c_str(), one.name.c_str(), 0) == 0;
  });
}

/// Lines come in the order of the table, each as soon as those before it are there.
class HostileTable {
 public:
  HostileTable(const std::vector<Hostile>& all, Abi abi) : all_(all), abi_(abi), outcomes_(all.size()) {}

  void add(std::size_t at, HostileOutcome outcome) {
    const std::lock_guard lock(mutex_);
    outcomes_[at] = std::move(outcome);
    for (; shown_ < outcomes_.size() && outcomes_[shown_]; ++shown_) show(all_[shown_], *outcomes_[shown_]);
  }

  /// How many were not as they must be.
  int wrong() const { return wrong_; }

 private:
  void show(const Hostile& one, const HostileOutcome& outcome) {
    const bool good = outcome.faults.empty();
    std::string text = fmt::format("{:4} {:11}  {:34} {:4.1f} s  {}\n", good ? "ok" : "BAD", abi_name(abi_),
                                   one.name, outcome.seconds, outcome.verdict);
    for (const std::string& fault : outcome.faults) text += fmt::format("{:18}{}\n", "", fault);
    if (!good) ++wrong_;
    print(text);
  }

  const std::vector<Hostile>& all_;
  Abi abi_;
  std::mutex mutex_;
  std::vector<std::optional<HostileOutcome>> outcomes_;
  std::size_t shown_ = 0;
  int wrong_ = 0;
};

}  // namespace

ExitCode hostile_selftest(const JudgingOptions& judging, const std::vector<Abi>& abis) {
  end_early_on_signals();
  const Contract contract = Contract::embedded();
  const auto cases = select_cases(hostile_cases_folder(), {}, contract);
  if (!cases) return refuse(cases.error());
  std::size_t tried = 0;
  int wrong = 0;
  for (const Abi abi : abis) {
    auto all = read_hostile(abi);
    if (!all) return refuse(all.error());
    if (!judging.filter.empty())
      std::erase_if(*all, [&](const Hostile& one) { return !is_named(one, judging.filter); });
    HostileTable table(*all, abi);
    in_parallel(all->size(), trial_jobs(judging.jobs), [&](std::size_t at) {
      if (!is_interrupted()) table.add(at, try_hostile((*all)[at], abi, *cases, judging, contract));
    });
    if (is_interrupted()) return ExitCode::interrupted;
    tried += all->size();
    wrong += table.wrong();
  }
  if (tried == 0) {
    print_error("no procedure that does harm has such a name; without --filter all are tried");
    return ExitCode::nothing_tested;
  }
  print(fmt::format("\n{} that do harm were tried: {}\n", tried,
                    wrong == 0 ? "each verdict is the one foretold, and nothing else came to harm"
                               : fmt::format("{} not as foretold, or not without harm", wrong)));
  return wrong == 0 ? ExitCode::conformant : ExitCode::not_conformant;
}

}  // namespace mmio_cts
