#include "suite/script/pattern.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace mmio_cts {

Bytes ramp(std::int64_t size, std::int64_t from) {
  Bytes bytes(static_cast<std::size_t>(size));
  // One period byte by byte; the rest repeats it.
  const auto period = std::min<std::size_t>(bytes.size(), ramp_period);
  for (std::size_t i = 0; i < period; ++i) bytes[i] = ramp_byte(from + static_cast<std::int64_t>(i));
  for (std::size_t done = period; done < bytes.size();) {
    const std::size_t more = std::min(done, bytes.size() - done);
    std::copy_n(bytes.begin(), more, bytes.begin() + static_cast<std::ptrdiff_t>(done));
    done += more;
  }
  return bytes;
}

bool is_spoilt(const Bytes& bytes, std::size_t at) {
  constexpr std::size_t enough = 4, least = 2;
  const std::size_t wanted = bytes.size() < enough ? std::max(bytes.size() - at, least) : enough;
  if (at + wanted > bytes.size()) return false;
  for (std::size_t phase = 0; phase < enough; ++phase) {
    std::size_t same = 0;
    while (same < wanted && bytes[at + same] == spoilt_byte(phase + same)) ++same;
    if (same == wanted) return true;
  }
  return false;
}

std::int64_t data_size(std::int64_t bytes) {
  constexpr std::int64_t most = 64 << 20;
  if (bytes < 0 || bytes > most)
    throw std::invalid_argument(std::to_string(bytes) + " is not between 0 and 64 MiB");
  return bytes;
}

Bytes bytes_from(const nlohmann::json& description) {
  if (description.is_array()) {
    Bytes all;
    for (const auto& part : description) {
      const Bytes bytes = bytes_from(part);
      all.insert(all.end(), bytes.begin(), bytes.end());
    }
    return all;
  }
  const std::string& pattern = description.at("pattern").get_ref<const std::string&>();
  if (pattern == "text") {
    const std::string& text = description.at("text").get_ref<const std::string&>();
    return Bytes(text.begin(), text.end());
  }
  const auto size = data_size(description.at("size").get<std::int64_t>());
  if (pattern == "fill")
    return Bytes(static_cast<std::size_t>(size), description.at("value").get<std::uint8_t>());
  return ramp(size, data_size(description.value("from", std::int64_t{0})));
}

}  // namespace mmio_cts
