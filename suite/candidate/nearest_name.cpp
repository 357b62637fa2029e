#include "suite/candidate/nearest_name.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace mmio_cts {
namespace {

/// Names longer than this are not compared: nobody types them, and comparing costs the product of the
/// lengths.
constexpr std::size_t longest = 100;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// The least number of insertions, removals, replacements and swaps of neighbours that make `a` into `b`.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row_before_last(b.size() + 1), last_row(b.size() + 1), row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row_before_last.swap(last_row);
    last_row.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({last_row[j] + 1, row[j - 1] + 1, last_row[j - 1] + (same ? 0 : 1)});
      const bool swapped =
          i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], row_before_last[j - 2] + 1);
    }
  }
  return row[b.size()];
}

}  // namespace

std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string> names) {
  if (name.size() > longest) return std::nullopt;
  std::optional<std::string> nearest;
  std::size_t least = name.size() / 3 + 1;
  for (const std::string& other : names) {
    if (other.size() > longest) continue;
    const std::size_t d = distance(name, other);
    if (d < least) {
      least = d;
      nearest = other;
    }
  }
  return nearest;
}

}  // namespace mmio_cts
