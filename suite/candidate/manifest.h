#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "suite/candidate/candidate.h"
#include "suite/contract/capability.h"
#include "suite/contract/content.h"
#include "suite/contract/contract.h"
#include "suite/contract/error.h"

namespace mmio_cts {

/// A finding that is not to fail a run until a day has passed.
struct KnownFailure {
  std::string requirement;
  std::string code;  ///< of the finding; empty: any
  std::string reason;
  std::string expires;  ///< last day, "2027-01-31"
};

/// Stands in a form of names for the name that a case uses.
inline constexpr std::string_view name_placeholder = "{name}";

/// What its owner says of a candidate; what is not said is found out by a probe.
struct Manifest {
  std::filesystem::path file;     ///< where it was read from; empty if there is none
  std::filesystem::path library;  ///< absolute; empty if it is not named
  ProcedureRequest procedure;
  /// What OPEN and RENAME get for a name, with name_placeholder in it; none in the inner one: NULL.
  std::optional<std::optional<std::string>> names;
  std::vector<std::string> open;          ///< names of content of its own
  std::vector<std::string> open_options;  ///< what those of add_open_name were, files by their absolute path
  std::vector<std::filesystem::path> files;  ///< absolute; copied into each case's directory
  std::array<std::uint32_t, 3> info{};       ///< adwInfo at OPEN
  std::optional<std::int64_t> largest;       ///< bytes that no file is larger than
  std::optional<Content> content;
  std::map<Capability, bool> capabilities;
  std::set<std::uint32_t> user_messages;
  std::vector<KnownFailure> known_failures;
};

/// Reads a manifest's text. Paths in it are relative to the folder of `file`. An error names the file and the
/// JSON pointer.
tl::expected<Manifest, Error> parse_manifest(const std::string& text, const std::filesystem::path& file,
                                             const Contract& contract);

tl::expected<Manifest, Error> read_manifest(const std::filesystem::path& file, const Contract& contract);

/// Adds a name to be opened, as --open takes it: if what stands before a '+' is a file, the file is copied
/// into each case's directory and opened there by its own name; else the name is sent as it stands. What is
/// wrong with it, if anything.
std::optional<Error> add_open_name(Manifest& manifest, const std::string& name);

/// The published schema of manifests, reports/schema/manifest.schema.json.
std::string_view manifest_schema_text();

}  // namespace mmio_cts
