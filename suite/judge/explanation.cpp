#include "suite/judge/explanation.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace mmio_cts {
namespace {

// In bits. Any values near these tell the faults of the self-test apart as well.
constexpr double credit_of_noticing = 16;
constexpr double credit_of_being_named = 16;
constexpr double credit_of_meeting_the_fault = 16;
constexpr double price_of_saying_nothing_more = 30;
constexpr double price_of_a_clean_case = 4;  // of those that are foremost about a row
constexpr double clean_cases_that_count = 5;

// What it takes to say which `bad` of all cases it was.
double surprise(double bad, double good) {
  if (bad == 0 || good == 0) return 0;
  const double all = bad + good;
  return -(bad * std::log2(bad / all) + good * std::log2(good / all));
}

double count_in(const std::map<std::string, double>& counts, const std::string& row) {
  const auto it = counts.find(row);
  return it == counts.end() ? 0 : it->second;
}

struct Suspect {
  std::string row;
  std::vector<bool> explains;  ///< for each different set of suspects
  double price = 0;
};

class Search {
 public:
  Search(const std::vector<Symptoms>& symptoms, const Innocence& innocence) {
    std::set<std::string> rows;
    std::set<std::set<std::string>> different;
    for (const Symptoms& one : symptoms) {
      rows.insert(one.suspects.begin(), one.suspects.end());
      different.insert(one.suspects);
    }
    all_ = different.size();
    for (const std::string& row : rows) {
      const auto price = price_of(row, symptoms, innocence);
      if (!price) continue;
      Suspect suspect{row, {}, *price};
      for (const auto& suspects : different) suspect.explains.push_back(suspects.contains(row));
      suspects_.push_back(std::move(suspect));
    }
    std::stable_sort(suspects_.begin(), suspects_.end(),
                     [](const Suspect& a, const Suspect& b) { return a.price < b.price; });
  }

  std::vector<std::string> run() {
    if (all_ == 0) return {};
    for (int size = 1; size <= largest_exhaustive; ++size) {
      best_.reset();
      try_all(size, 0, std::vector<bool>(all_), 0, {});
      if (best_) return best_->second;
    }
    return greedy();
  }

 private:
  static constexpr int largest_exhaustive = 3;  // more causes at once are picked one by one

  // None for a row that nothing points to but that it was in use.
  static std::optional<double> price_of(const std::string& row, const std::vector<Symptoms>& symptoms,
                                        const Innocence& innocence) {
    double all = 0, explained = 0, noticed = 0, named = 0, met = 0, foremost = 0;
    for (const Symptoms& one : symptoms) {
      all += one.weight;
      if (!one.suspects.contains(row)) continue;
      explained += one.weight;
      if (one.noticed == row) noticed += one.weight;
      if (std::find(one.named.begin(), one.named.end(), row) != one.named.end()) named += one.weight;
      if (one.met.contains(row)) met += one.weight;
      if (one.foremost == row) foremost += one.weight;
    }
    if (noticed + named == 0) return std::nullopt;
    const double clean = count_in(innocence.foremost, row);
    double price = surprise(explained, count_in(innocence.used, row)) + surprise(foremost, clean) -
                   credit_of_noticing * noticed / all - credit_of_being_named * named / all -
                   credit_of_meeting_the_fault * met / all;
    // That the data is right, and hardly more.
    if (row == "RD-11" || row == "WR-02" || row == "WF-01" || row == "WF-03")
      price += price_of_saying_nothing_more;
    if (foremost == 0) price += price_of_a_clean_case * std::min(clean, clean_cases_that_count);
    return price;
  }

  void try_all(int size, std::size_t from, const std::vector<bool>& explained, double price,
               std::vector<std::string> rows) {
    if (size == 0) {
      const bool complete = std::all_of(explained.begin(), explained.end(), [](bool is) { return is; });
      if (complete && (!best_ || price < best_->first)) best_ = {price, std::move(rows)};
      return;
    }
    for (std::size_t i = from; i < suspects_.size(); ++i) {
      std::vector<bool> more = explained;
      for (std::size_t k = 0; k < all_; ++k) more[k] = more[k] || suspects_[i].explains[k];
      auto chosen = rows;
      chosen.push_back(suspects_[i].row);
      try_all(size - 1, i + 1, more, price + suspects_[i].price, std::move(chosen));
    }
  }

  std::vector<std::string> greedy() const {
    std::vector<bool> explained(all_);
    std::vector<std::string> rows;
    while (std::find(explained.begin(), explained.end(), false) != explained.end()) {
      const Suspect* best = nullptr;
      int most = 0;
      for (const Suspect& suspect : suspects_) {  // the least surprising first
        int gain = 0;
        for (std::size_t k = 0; k < all_; ++k) gain += suspect.explains[k] && !explained[k];
        if (gain > most) {
          most = gain;
          best = &suspect;
        }
      }
      for (std::size_t k = 0; k < all_; ++k) explained[k] = explained[k] || best->explains[k];
      rows.push_back(best->row);
    }
    return rows;
  }

  std::size_t all_ = 0;
  std::vector<Suspect> suspects_;
  std::optional<std::pair<double, std::vector<std::string>>> best_;
};

}  // namespace

std::vector<std::string> smallest_explanation(const std::vector<Symptoms>& symptoms,
                                              const Innocence& innocence) {
  return Search(symptoms, innocence).run();
}

}  // namespace mmio_cts
