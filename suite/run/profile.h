#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "suite/candidate/adapter_functions.h"
#include "suite/candidate/manifest.h"
#include "suite/contract/content.h"
#include "suite/judge/capability_set.h"
#include "suite/script/pattern.h"

namespace mmio_cts {

/// Something that a candidate has to read, as the first sequential read of it showed.
struct OwnContent {
  std::optional<std::string> name;  ///< that OPEN gets; none: NULL
  Bytes bytes;
};

/// What a candidate can do and how something is opened with it: what cases are adapted to, and judged by.
struct Profile {
  CapabilitySet can = CapabilitySet::of_plain_files();
  Content content = Content::exact;
  std::optional<std::string> names = std::string(name_placeholder);  ///< see Manifest::names
  std::vector<OwnContent> own;
  std::optional<std::int64_t> largest;    ///< bytes that no file is larger than
  std::array<std::uint32_t, 3> info{};    ///< adwInfo at OPEN
  std::set<std::uint32_t> user_messages;  ///< of its own: not sent
  std::set<std::string> file_names;       ///< of the manifest's files, which lie in each case's directory
  AdapterFunctions adapter;
};

}  // namespace mmio_cts
