#pragma once

#include <string>

namespace mmio_cts {

/// Why a library that exists cannot be loaded: "needs x.dll, which cannot be found", "needs 'f' of x.dll,
/// which has no such export"; empty if its import table does not tell.
std::string missing_import(const std::wstring& library);

}  // namespace mmio_cts
