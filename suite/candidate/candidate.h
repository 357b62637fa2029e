#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "suite/candidate/adapter_functions.h"
#include "suite/candidate/candidate_error.h"
#include "suite/candidate/reach.h"
#include "suite/contract/abi.h"

namespace mmio_cts {

/// A library and the procedure in it that is to be judged.
struct Candidate {
  std::filesystem::path library;  ///< absolute
  std::string procedure;  ///< what it is called: the export as found, e.g. "_IOProc@16"; "#3" if it has no
                          ///< name; the function that returns it; the FOURCC that it is installed under
  Reach reach;                    ///< how the worker gets at it; its names are exports as found
  std::string requested;          ///< the name asked for; empty if it was chosen by the rule
  std::filesystem::path adapter;  ///< absolute; the library itself if it exports such functions; or empty
  AdapterFunctions adapter_functions;  ///< what that library exports
  Abi abi;                             ///< which worker loads it
  std::string format;                  ///< "PE32", "PE32+" or "ELF64"
  std::string machine;                 ///< "x86" or "x86-64"
  std::string sha256;                  ///< of the file: 64 lower-case hexadecimal digits
  std::vector<std::string> exports;    ///< all of them, by name; then "#3" for those without one
};

/// Which procedure of a library is meant, as an option or a manifest says it.
struct ProcedureRequest {
  Reach reach;  ///< an exported one without a name is chosen by the rule of choose_procedure
  std::filesystem::path adapter;  ///< empty: the library's own exports, if there are such
};

/// Reads a library, finds the procedure in it and what leads to it. Nothing is loaded or called. The error's
/// file is `library` as given, or the adapter.
tl::expected<Candidate, CandidateError> examine(const std::filesystem::path& library,
                                                const ProcedureRequest& request);

/// The same for an exported one, by name if there is one.
tl::expected<Candidate, CandidateError> examine(const std::filesystem::path& library,
                                                const std::optional<std::string>& procedure_name);

}  // namespace mmio_cts
