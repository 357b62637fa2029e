#include <windows.h>

#include <charconv>

#include "suite/worker/library.h"
#include "suite/worker/missing_import_windows.h"
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

/// mmioInstallIOProcA with that action. winmm is there if the candidate has loaded it, and only then can
/// anything be installed.
LPMMIOPROC winmm(const std::string& four_cc, DWORD action) {
  using Install = LPMMIOPROC(WINAPI*)(FOURCC, LPMMIOPROC, DWORD);
  const HMODULE module = GetModuleHandleW(L"winmm.dll");
  if (module == nullptr || four_cc.size() != 4) return nullptr;
  const auto install =
      reinterpret_cast<Install>(reinterpret_cast<void*>(GetProcAddress(module, "mmioInstallIOProcA")));
  if (install == nullptr) return nullptr;
  return install(mmioFOURCC(four_cc[0], four_cc[1], four_cc[2], four_cc[3]), nullptr, action);
}

}  // namespace

tl::expected<Library, std::string> Library::load(const std::string& path) {
  const std::wstring wide_path = wide(path);
  const HMODULE module = LoadLibraryExW(wide_path.c_str(), nullptr, LOAD_WITH_ALTERED_SEARCH_PATH);
  if (module == nullptr) return tl::unexpected(path + ": " + why_not_loaded(wide_path, GetLastError()));
  return Library(module, path);
}

void* Library::find(const std::string& name) const {
  const auto module = static_cast<HMODULE>(handle_);
  if (!name.starts_with('#')) return reinterpret_cast<void*>(GetProcAddress(module, name.c_str()));
  WORD ordinal = 0;
  std::from_chars(name.data() + 1, name.data() + name.size(), ordinal);
  return ordinal == 0 ? nullptr : reinterpret_cast<void*>(GetProcAddress(module, MAKEINTRESOURCEA(ordinal)));
}

bool Library::unload() {
  FreeLibrary(static_cast<HMODULE>(handle_));
  return GetModuleHandleW(wide(path_).c_str()) != nullptr;
}

LPMMIOPROC find_installed(const std::string& four_cc) { return winmm(four_cc, MMIO_FINDPROC); }

void remove_installed(const std::string& four_cc) {
  // As often as it was installed (IN-06), but no manager needs to keep that promise for ever.
  for (int i = 0; i < 1000 && winmm(four_cc, MMIO_REMOVEPROC) != nullptr; ++i) {
  }
}

}  // namespace mmio_cts
