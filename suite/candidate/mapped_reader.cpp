#include "suite/candidate/mapped_reader.h"

#include <fmt/format.h>

#include <algorithm>

namespace mmio_cts {

MappedReader::MappedReader(ByteReader& file, std::vector<Region> regions)
    : file_(file), regions_(std::move(regions)), name_bytes_left_(2 * file.size()) {
  for (Region& region : regions_) {
    region.file_offset = std::min(region.file_offset, file.size());
    region.stored_size = std::min({region.stored_size, region.memory_size, file.size() - region.file_offset});
  }
  std::ranges::stable_sort(regions_, {}, &Region::address);
}

const Region* MappedReader::find(std::uint64_t address) const {
  const auto after = std::ranges::upper_bound(regions_, address, {}, &Region::address);
  if (after == regions_.begin()) return nullptr;
  const Region& region = *std::prev(after);
  return address - region.address < region.memory_size ? &region : nullptr;
}

std::optional<std::uint64_t> MappedReader::stored(std::uint64_t address, std::uint64_t size,
                                                  std::string_view what) {
  const Region* region = find(address);
  if (!region) {
    fail(address, fmt::format("damaged: {} should be here, outside the image", what));
    return std::nullopt;
  }
  const std::uint64_t inside = address - region->address;
  if (inside > region->stored_size || size > region->stored_size - inside) return std::nullopt;
  return region->file_offset + inside;
}

std::uint8_t MappedReader::u8(std::uint64_t address, std::string_view what) {
  const auto offset = stored(address, 1, what);
  return offset ? file_.u8(*offset, what) : 0;
}
std::uint16_t MappedReader::u16(std::uint64_t address, std::string_view what) {
  const auto offset = stored(address, 2, what);
  return offset ? file_.u16(*offset, what) : 0;
}
std::uint32_t MappedReader::u32(std::uint64_t address, std::string_view what) {
  const auto offset = stored(address, 4, what);
  return offset ? file_.u32(*offset, what) : 0;
}
std::uint64_t MappedReader::u64(std::uint64_t address, std::string_view what) {
  const auto offset = stored(address, 8, what);
  return offset ? file_.u64(*offset, what) : 0;
}

std::string MappedReader::name(std::uint64_t address, std::string_view what) {
  const auto offset = stored(address, 1, what);
  if (!offset) return {};
  const Region& region = *find(address);
  const auto bytes = file_.bytes().subspan(*offset, region.stored_size - (address - region.address));
  // Looking further than the budget would let overlapping names cost time without limit.
  const auto visible = bytes.first(std::min<std::uint64_t>(bytes.size(), name_bytes_left_));
  const auto end = std::ranges::find(visible, std::byte{0});
  if (end == visible.end() && visible.size() < bytes.size()) {
    fail(address, fmt::format("damaged: with {} the names are longer than the file", what));
    return {};
  }
  name_bytes_left_ -= static_cast<std::uint64_t>(end - visible.begin());
  return {reinterpret_cast<const char*>(visible.data()), static_cast<std::size_t>(end - visible.begin())};
}

bool MappedReader::executable(std::uint64_t address) const {
  const Region* region = find(address);
  return region && region->executable;
}

void MappedReader::fail(std::uint64_t address, std::string_view message) {
  if (ok()) file_.fail(fmt::format("address 0x{:x}", address), std::string(message));
}

}  // namespace mmio_cts
