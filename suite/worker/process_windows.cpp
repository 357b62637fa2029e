#include <fcntl.h>
#include <io.h>
#include <windows.h>

#include <algorithm>
#include <cstdio>

#include "suite/worker/process.h"
#include "suite/worker/wide_path_windows.h"

namespace mmio_cts {
namespace {

/// Reads ahead: nobody else reads from this process's pipe, and a call costs much under Wine.
class PipePair : public Channel {
 public:
  PipePair(HANDLE in, HANDLE out) : in_(in), out_(out) {}

  bool read(std::span<std::uint8_t> bytes) override {
    while (!bytes.empty()) {
      if (at_ == size_ && !refill()) return false;
      const std::size_t count = std::min(bytes.size(), size_ - at_);
      std::copy_n(buffer_.data() + at_, count, bytes.begin());
      at_ += count;
      bytes = bytes.subspan(count);
    }
    return true;
  }

  bool write(std::span<const std::uint8_t> bytes) override {
    while (!bytes.empty()) {
      DWORD count = 0;
      if (!WriteFile(out_, bytes.data(), static_cast<DWORD>(bytes.size()), &count, nullptr)) return false;
      bytes = bytes.subspan(count);
    }
    return true;
  }

  bool is_abandoned() const override {
    return !PeekNamedPipe(in_, nullptr, 0, nullptr, nullptr, nullptr) && GetLastError() == ERROR_BROKEN_PIPE;
  }

 private:
  bool refill() {
    DWORD count = 0;
    at_ = size_ = 0;
    if (!ReadFile(in_, buffer_.data(), static_cast<DWORD>(buffer_.size()), &count, nullptr)) return false;
    size_ = count;
    return count > 0;
  }

  HANDLE in_, out_;
  std::vector<std::uint8_t> buffer_ = std::vector<std::uint8_t>(64 * 1024);
  std::size_t at_ = 0, size_ = 0;
};

HANDLE private_copy(DWORD standard_handle) {
  HANDLE copy = nullptr;
  const HANDLE process = GetCurrentProcess();
  DuplicateHandle(process, GetStdHandle(standard_handle), process, &copy, 0, FALSE, DUPLICATE_SAME_ACCESS);
  // A candidate that closes whatever is open must not reach it.
  SetHandleInformation(copy, HANDLE_FLAG_PROTECT_FROM_CLOSE, HANDLE_FLAG_PROTECT_FROM_CLOSE);
  return copy;
}

/// Both for those who ask Windows and for those who ask the C run time, which is the candidate's as well.
bool redirect(DWORD standard_handle, int descriptor, HANDLE target, int mode) {
  if (target == INVALID_HANDLE_VALUE || !SetStdHandle(standard_handle, target)) return false;
  const int opened = _open_osfhandle(reinterpret_cast<intptr_t>(target), mode | _O_BINARY);
  return opened == descriptor || (opened >= 0 && _dup2(opened, descriptor) == 0);
}

HANDLE open_inheritable(const std::wstring& path, DWORD access, DWORD disposition) {
  SECURITY_ATTRIBUTES inheritable = {sizeof inheritable, nullptr, TRUE};
  return CreateFileW(path.c_str(), access, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                     &inheritable, disposition, FILE_ATTRIBUTE_NORMAL, nullptr);
}

}  // namespace

void end_process_at_once(int code) {
  TerminateProcess(GetCurrentProcess(), static_cast<UINT>(code));
  for (;;) Sleep(INFINITE);
}

std::unique_ptr<Channel> take_standard_handles(const std::string& capture) {
  const HANDLE in = private_copy(STD_INPUT_HANDLE), out = private_copy(STD_OUTPUT_HANDLE);
  if (in == nullptr || out == nullptr) return nullptr;
  // A handle of its own for each: the C run time closes what it is given.
  const auto output = [&] {
    return open_inheritable(wide(capture), FILE_APPEND_DATA | SYNCHRONIZE, OPEN_ALWAYS);
  };
  if (!redirect(STD_INPUT_HANDLE, 0, open_inheritable(L"NUL", GENERIC_READ, OPEN_EXISTING), _O_RDONLY) ||
      !redirect(STD_OUTPUT_HANDLE, 1, output(), _O_WRONLY | _O_APPEND) ||
      !redirect(STD_ERROR_HANDLE, 2, output(), _O_WRONLY | _O_APPEND))
    return nullptr;
  // The candidate may share this stream: what it printed last is wanted most when it crashed.
  setvbuf(stdout, nullptr, _IONBF, 0);
  SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
  return std::make_unique<PipePair>(in, out);
}

std::span<std::byte> map_shared_file(const std::string& path) {
  const HANDLE file =
      CreateFileW(wide(path).c_str(), GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                  nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
  LARGE_INTEGER size = {};
  if (file == INVALID_HANDLE_VALUE || !GetFileSizeEx(file, &size)) return {};
  const HANDLE mapping = CreateFileMappingW(file, nullptr, PAGE_READWRITE, 0, 0, nullptr);
  void* memory =
      mapping == nullptr ? nullptr : MapViewOfFile(mapping, FILE_MAP_READ | FILE_MAP_WRITE, 0, 0, 0);
  if (mapping != nullptr) CloseHandle(mapping);
  CloseHandle(file);
  if (memory == nullptr) return {};
  return {static_cast<std::byte*>(memory), static_cast<std::size_t>(size.QuadPart)};
}

bool enter_directory(const std::string& path) { return SetCurrentDirectoryW(wide(path).c_str()); }

void leave_directory() {
  wchar_t system_directory[MAX_PATH];
  if (GetSystemDirectoryW(system_directory, MAX_PATH) != 0) SetCurrentDirectoryW(system_directory);
}

}  // namespace mmio_cts
