#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace mmio_cts {

/// What a procedure may legally lack. A case `needs` some; a requirement of tier profile names one.
enum class Capability {
  read,              ///< answers READ on an open that allows it
  write,             ///< answers WRITE and WRITEFLUSH likewise
  create,            ///< MMIO_CREATE makes a new, empty file
  rename,            ///< RENAME renames
  remove,            ///< MMIO_DELETE deletes
  seekable,          ///< SEEK moves the position
  growable,          ///< WRITE past the end extends the file
  multi_open,        ///< two files may be open at once
  store,             ///< names are files in the working directory, so that another process can look at them
  adopts_handle,     ///< OPEN without a name adopts the system's file handle in adwInfo[0]
  null_name,         ///< OPEN takes NULL for a name
  serves_any_name,   ///< OPEN succeeds for every name, though nothing of that name was made
  keeps_content,     ///< what was written is there at the next OPEN
  outlives_process,  ///< and also in the next process
  element_names,     ///< names may hold a '+'
  ignores_info,      ///< takes no parameter in adwInfo: whatever is there at OPEN is harmless (OP-16)
};

struct CapabilityRow {
  Capability capability;
  std::string_view name;  ///< in cases, manifests and reports
};

inline constexpr std::array<CapabilityRow, 16> capabilities = {{
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
    {Capability::null_name, "null_name"},
    {Capability::serves_any_name, "serves_any_name"},
    {Capability::keeps_content, "keeps_content"},
    {Capability::outlives_process, "outlives_process"},
    {Capability::element_names, "element_names"},
    {Capability::ignores_info, "ignores_info"},
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
