#include <windows.h>

#include <charconv>

#include "suite/worker/missing_import_windows.h"
#include "suite/worker/module.h"
#include "suite/worker/wide_path_windows.h"

namespace mmio_cts {
namespace {

std::string error_text(DWORD code) {
  wchar_t* text = nullptr;
  FormatMessageW(FORMAT_MESSAGE_ALLOCATE_BUFFER | FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS,
                 nullptr, code, MAKELANGID(LANG_ENGLISH, SUBLANG_ENGLISH_US),
                 reinterpret_cast<wchar_t*>(&text), 0, nullptr);
  std::string result = text == nullptr ? "" : narrow(text);
  LocalFree(text);
  while (!result.empty() && (result.back() == '\n' || result.back() == '\r' || result.back() == '.'))
    result.pop_back();
  return result + " (error " + std::to_string(code) + ")";
}

std::string why_not_loaded(const std::wstring& library, DWORD code) {
  if (code == ERROR_MOD_NOT_FOUND || code == ERROR_PROC_NOT_FOUND || code == ERROR_DLL_NOT_FOUND)
    if (const auto missing = missing_import(library); !missing.empty()) return missing;
  return error_text(code);
}

FARPROC find(HMODULE module, const std::string& procedure) {
  if (!procedure.starts_with('#')) return GetProcAddress(module, procedure.c_str());
  WORD ordinal = 0;
  std::from_chars(procedure.data() + 1, procedure.data() + procedure.size(), ordinal);
  return ordinal == 0 ? nullptr : GetProcAddress(module, MAKEINTRESOURCEA(ordinal));
}

}  // namespace

tl::expected<Module, std::string> Module::load(const std::string& library, const std::string& procedure) {
  const std::wstring path = wide(library);
  const HMODULE module = LoadLibraryExW(path.c_str(), nullptr, LOAD_WITH_ALTERED_SEARCH_PATH);
  if (module == nullptr) return tl::unexpected(library + ": " + why_not_loaded(path, GetLastError()));
  const FARPROC address = find(module, procedure);
  if (address == nullptr) {
    FreeLibrary(module);
    return tl::unexpected(library + ": no export '" + procedure + "'");
  }
  return Module(module, reinterpret_cast<LPMMIOPROC>(reinterpret_cast<void*>(address)), library);
}

bool Module::unload() {
  FreeLibrary(static_cast<HMODULE>(handle_));
  return GetModuleHandleW(wide(library_).c_str()) != nullptr;
}

}  // namespace mmio_cts
