#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace mmio_cts {

/// What a procedure may legally lack. A case `needs` some; a requirement of tier profile names one.
enum class Capability {
  read,           ///< answers READ on an open that allows it
  write,          ///< answers WRITE and WRITEFLUSH likewise
  create,         ///< MMIO_CREATE makes a new, empty file
  rename,         ///< RENAME renames
  remove,         ///< MMIO_DELETE deletes
  seekable,       ///< SEEK moves the position
  growable,       ///< WRITE past the end extends the file
  multi_open,     ///< two files may be open at once
  store,          ///< names are files in the working directory, so that another process can look at them
  adopts_handle,  ///< OPEN without a name adopts the system's file handle in adwInfo[0]
};

struct CapabilityRow {
  Capability capability;
  std::string_view name;  ///< in cases, manifests and reports
};

inline constexpr std::array<CapabilityRow, 10> capabilities = {{
    {Capability::read, "read"},
    {Capability::write, "write"},
    {Capability::create, "create"},
    {Capability::rename, "rename"},
    {Capability::remove, "delete"},
    {Capability::seekable, "seekable"},
    {Capability::growable, "growable"},
    {Capability::multi_open, "multi_open"},
    {Capability::store, "store"},
    {Capability::adopts_handle, "adopts_handle"},
}};

constexpr std::string_view capability_name(Capability capability) {
  return capabilities[static_cast<int>(capability)].name;
}

constexpr std::optional<Capability> capability_from(std::string_view name) {
  for (const CapabilityRow& row : capabilities)
    if (row.name == name) return row.capability;
  return std::nullopt;
}

}  // namespace mmio_cts
