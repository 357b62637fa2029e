#include "suite/run/case_order.h"

#include <numeric>
#include <random>
#include <span>
#include <utility>

#include "suite/candidate/sha256.h"

namespace mmio_cts {

std::vector<const Case*> cases_of(const std::vector<Case>& selection, const std::optional<Shard>& shard) {
  const auto step = static_cast<std::size_t>(shard ? shard->of : 1);
  std::vector<const Case*> cases;
  for (std::size_t i = shard ? static_cast<std::size_t>(shard->index - 1) : 0; i < selection.size();
       i += step)
    cases.push_back(&selection[i]);
  return cases;
}

std::vector<std::size_t> run_order(std::size_t count, const std::optional<std::uint64_t>& seed) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (!seed) return order;
  // Neither std::shuffle nor the distributions give the same everywhere; the generator does.
  std::mt19937_64 random(*seed);
  for (std::size_t left = count; left > 1; --left) std::swap(order[left - 1], order[random() % left]);
  return order;
}

std::string digest_of(const std::vector<Case>& cases) {
  std::string text;
  for (const Case& one : cases) {
    text += one.id + "\n" + one.title + "\n";
    for (const std::string& row : one.requirements) text += row + " ";
    for (const Capability need : one.needs) text += std::string(capability_name(need)) + " ";
    for (const Abi abi : one.abis) text += std::string(abi_name(abi)) + " ";
    text += one.why_not_everywhere + "\n";
    for (const std::string& document : one.step_documents) text += document;
  }
  return sha256(std::as_bytes(std::span(text))).value_or("");
}

}  // namespace mmio_cts
