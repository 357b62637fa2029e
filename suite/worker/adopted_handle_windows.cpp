#include <windows.h>

#include "suite/contract/open_flags.h"
#include "suite/worker/adopted_handle.h"

namespace mmio_cts {
namespace {

bool identify(std::intptr_t number, std::array<std::uint64_t, 2>& file) {
  BY_HANDLE_FILE_INFORMATION state = {};
  if (GetFileInformationByHandle(reinterpret_cast<HANDLE>(number), &state) == 0) return false;
  file[0] = state.dwVolumeSerialNumber;
  file[1] = std::uint64_t{state.nFileIndexHigh} << 32 | state.nFileIndexLow;
  return true;
}

}  // namespace

std::optional<AdoptedHandle> AdoptedHandle::open(const std::string& name, std::uint32_t flags) {
  const std::uint32_t mode = flags & open_flag::mode_mask;
  const DWORD access =
      (mode != open_flag::write ? GENERIC_READ : 0) | (mode != open_flag::read ? GENERIC_WRITE : 0);
  const HANDLE handle = CreateFileA(
      name.c_str(), access, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
      (flags & open_flag::create) != 0 ? CREATE_ALWAYS : OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
  if (handle == INVALID_HANDLE_VALUE) return std::nullopt;
  return AdoptedHandle(reinterpret_cast<std::intptr_t>(handle));
}

AdoptedHandle::AdoptedHandle(std::intptr_t number) : number_(number) { identify(number_, file_); }

AdoptedHandle::~AdoptedHandle() {
  if (is_open()) CloseHandle(reinterpret_cast<HANDLE>(number_));
}

bool AdoptedHandle::is_open() const {
  std::array<std::uint64_t, 2> file = {};
  return number_ != none && identify(number_, file) && file == file_;
}

}  // namespace mmio_cts
