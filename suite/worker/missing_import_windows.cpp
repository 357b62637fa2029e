#include "suite/worker/missing_import_windows.h"

#include <windows.h>

#include <cstdint>

namespace mmio_cts {
namespace {

/// The image as it lies in memory, without its imports resolved and without any of its code having run.
class MappedImage {
 public:
  explicit MappedImage(const std::wstring& library)
      : module_(LoadLibraryExW(library.c_str(), nullptr,
                               DONT_RESOLVE_DLL_REFERENCES | LOAD_WITH_ALTERED_SEARCH_PATH)) {}
  ~MappedImage() {
    if (module_ != nullptr) FreeLibrary(module_);
  }
  MappedImage(const MappedImage&) = delete;
  MappedImage& operator=(const MappedImage&) = delete;

  bool is_there() const { return module_ != nullptr; }

  template <typename T>
  const T* at(std::size_t address) const {
    return reinterpret_cast<const T*>(reinterpret_cast<const std::uint8_t*>(module_) + address);
  }

  const IMAGE_IMPORT_DESCRIPTOR* imports() const {
    const auto& headers = *at<IMAGE_NT_HEADERS>(static_cast<std::size_t>(at<IMAGE_DOS_HEADER>(0)->e_lfanew));
    const auto address = headers.OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT].VirtualAddress;
    return address == 0 ? nullptr : at<IMAGE_IMPORT_DESCRIPTOR>(address);
  }

 private:
  HMODULE module_;
};

std::string missing_export(const MappedImage& image, const IMAGE_IMPORT_DESCRIPTOR& import, HMODULE module) {
  const auto names = import.OriginalFirstThunk != 0 ? import.OriginalFirstThunk : import.FirstThunk;
  for (const auto* thunk = image.at<IMAGE_THUNK_DATA>(names); thunk->u1.AddressOfData != 0; ++thunk) {
    if (IMAGE_SNAP_BY_ORDINAL(thunk->u1.Ordinal)) {
      const auto ordinal = IMAGE_ORDINAL(thunk->u1.Ordinal);
      if (GetProcAddress(module, MAKEINTRESOURCEA(ordinal)) == nullptr) return "#" + std::to_string(ordinal);
    } else {
      const auto* name =
          image.at<IMAGE_IMPORT_BY_NAME>(static_cast<std::size_t>(thunk->u1.AddressOfData))->Name;
      if (GetProcAddress(module, reinterpret_cast<const char*>(name)) == nullptr)
        return reinterpret_cast<const char*>(name);
    }
  }
  return "";
}

}  // namespace

std::string missing_import(const std::wstring& library) {
  const MappedImage image(library);
  if (!image.is_there()) return "";
  // Where the loader looks for what `library` needs: beside it first.
  SetDllDirectoryW(library.substr(0, library.find_last_of(L"\\/")).c_str());
  std::string missing;
  const auto* import = image.imports();
  for (; import != nullptr && import->Name != 0 && missing.empty(); ++import) {
    const std::string name = image.at<char>(import->Name);
    const HMODULE module = LoadLibraryA(name.c_str());
    if (module == nullptr) {
      missing = "needs " + name + ", which cannot be loaded";
      continue;
    }
    if (const auto symbol = missing_export(image, *import, module); !symbol.empty())
      missing = "needs '" + symbol + "' of " + name + ", which has no such export";
    FreeLibrary(module);
  }
  SetDllDirectoryW(nullptr);
  return missing;
}

}  // namespace mmio_cts
