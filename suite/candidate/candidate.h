#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "suite/candidate/candidate_error.h"
#include "suite/contract/abi.h"

namespace mmio_cts {

/// A library and the procedure in it that is to be judged.
struct Candidate {
  std::filesystem::path library;     ///< absolute
  std::string procedure;             ///< the export as found, e.g. "_IOProc@16"; "#3" if it has no name
  std::string requested;             ///< the name asked for; empty if it was chosen by the rule
  Abi abi;                           ///< which worker loads it
  std::string format;                ///< "PE32", "PE32+" or "ELF64"
  std::string machine;               ///< "x86" or "x86-64"
  std::string sha256;                ///< of the file: 64 lower-case hexadecimal digits
  std::vector<std::string> exports;  ///< all of them, by name; then "#3" for those without one
};

/// Reads a library and finds the procedure in it, by the rule of choose_procedure. Nothing is loaded or
/// called. The error's file is `library` as given.
tl::expected<Candidate, CandidateError> examine(const std::filesystem::path& library,
                                                const std::optional<std::string>& procedure_name);

}  // namespace mmio_cts
