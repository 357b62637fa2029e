#pragma once

#include <string>

namespace mmio_cts {

/// UTF-8 as Windows' own functions want it, and back.
std::wstring wide(const std::string& text);
std::string narrow(const std::wstring& text);

}  // namespace mmio_cts
