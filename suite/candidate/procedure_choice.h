#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "suite/candidate/library_image.h"

namespace mmio_cts {

/// Which export is the procedure, as its name or, where it has none, as "#3".
///
/// Without `requested`: an export called IOProc or MMIOProc, in any case, also decorated as the stdcall form
/// _IOProc@16; else the only one that contains "IOProc"; else the only one. Data and entry points of the
/// loader (DllMain, DllRegisterServer, _init ...) do not count, and several names of one function count once.
/// Error: ambiguous, or no_such_export if none is left; both list the exports.
///
/// With `requested`: the export of exactly that name, else of that name in a stdcall form, or "#3" for an
/// ordinal of a PE library. Error: no_such_export, which lists the exports and suggests the nearest name.
///
/// The error's file is left empty.
tl::expected<std::string, CandidateError> choose_procedure(const LibraryImage& image,
                                                           std::optional<std::string_view> requested);

/// The export of that name without parameters, also in its stdcall form _Name@0. Error: no_such_export.
tl::expected<std::string, CandidateError> find_function(const LibraryImage& image, std::string_view name);

}  // namespace mmio_cts
