#include "suite/contract/open_flags.h"

#include <fmt/format.h>

#include "suite/contract/named_value.h"

namespace mmio_cts {
namespace {

constexpr NamedValue modes[] = {{"READ", 0x0}, {"WRITE", 0x1}, {"READWRITE", 0x2}};
constexpr NamedValue share_modes[] = {
    {"COMPAT", 0x00}, {"EXCLUSIVE", 0x10}, {"DENYWRITE", 0x20}, {"DENYREAD", 0x30}, {"DENYNONE", 0x40}};
constexpr NamedValue bits[] = {
    {"PARSE", 0x100},      {"DELETE", 0x200},    {"CREATE", 0x1000},    {"EXIST", 0x4000},
    {"ALLOCBUF", 0x10000}, {"GETTEMP", 0x20000}, {"DIRTY", 0x10000000},
};
constexpr std::uint32_t share_mask = 0x70;
constexpr NamedValue fhopen = {"FHOPEN", close_flag::handle_open};

}  // namespace

std::optional<std::uint32_t> open_flag_value(std::string_view name) {
  if (name == fhopen.name) return fhopen.value;
  if (const auto value = find_value(modes, name)) return value;
  if (const auto value = find_value(share_modes, name)) return value;
  return find_value(bits, name);
}

std::string describe_open_flags(std::uint32_t flags) {
  std::string text;
  std::uint32_t rest = flags & ~open_flag::mode_mask;
  for (const NamedValue& bit : bits) {
    if ((rest & bit.value) == 0) continue;
    text += fmt::format("{}|", bit.name);
    rest &= ~bit.value;
  }
  if (const auto share = find_name(share_modes, flags & share_mask); share && (flags & share_mask) != 0) {
    text += fmt::format("{}|", *share);
    rest &= ~share_mask;
  }
  const auto mode = find_name(modes, flags & open_flag::mode_mask);
  text += mode ? std::string(*mode) : "3";
  if (rest != 0) text += fmt::format("|0x{:X}", rest);
  return text;
}

}  // namespace mmio_cts
