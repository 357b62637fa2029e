#include "suite/worker/system_stub_windows.h"

#include <windows.h>

#include <cstdint>
#include <cstring>
#include <span>

namespace mmio_cts {
namespace {

// A stub loads the number of the call, and goes to the kernel or to where a 32-bit process gets there. It has
// no address that depends on where it lies, so that a copy does the same.
constexpr int any = -1;

// mov r10, rcx; mov eax, number; test byte ptr [7FFE0308h], 1
constexpr int head_x64[] = {0x4C, 0x8B, 0xD1, 0xB8, any,  any,  any, any,
                            0xF6, 0x04, 0x25, 0x08, 0x03, 0xFE, 0x7F};
// mov eax, number; mov edx, address; call edx; ret n
constexpr int head_x86[] = {0xB8, any, any, any, any, 0xBA, any, any, any, any, 0xFF, 0xD2, 0xC2};

constexpr bool is_x64 = sizeof(void*) == 8;
constexpr std::size_t size_of_stub = is_x64 ? 32 : 15;

bool is_stub(std::span<const std::uint8_t> code) {
  const std::span<const int> head = is_x64 ? std::span<const int>(head_x64) : std::span<const int>(head_x86);
  for (std::size_t i = 0; i < head.size(); ++i)
    if (head[i] != any && code[i] != head[i]) return false;
  return true;
}

/// A jump to anywhere: mov rax, target; jmp rax, or with eax. Neither holds an argument.
std::size_t write_jump(std::uint8_t* at, const void* target) {
  std::size_t size = 0;
  if (is_x64) at[size++] = 0x48;
  at[size++] = 0xB8;
  std::memcpy(at + size, &target, sizeof target);
  size += sizeof target;
  at[size++] = 0xFF;
  at[size++] = 0xE0;
  return size;
}

}  // namespace

std::string redirect_system_call(const char* name, void* function, void** original) {
  auto* stub = reinterpret_cast<std::uint8_t*>(
      reinterpret_cast<void*>(GetProcAddress(GetModuleHandleW(L"ntdll.dll"), name)));
  if (stub == nullptr) return std::string("this Windows has no ") + name;
  if (!is_stub({stub, size_of_stub}))
    return std::string("somebody else is before ") + name + " already, as security products are";
  auto* copy = static_cast<std::uint8_t*>(
      VirtualAlloc(nullptr, size_of_stub, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE));
  DWORD rights = 0;
  if (copy == nullptr || !VirtualProtect(stub, size_of_stub, PAGE_EXECUTE_READWRITE, &rights))
    return std::string("the memory of ") + name + " cannot be written";
  std::memcpy(copy, stub, size_of_stub);
  *original = copy;
  const std::size_t size = write_jump(stub, function);
  VirtualProtect(stub, size_of_stub, rights, &rights);
  FlushInstructionCache(GetCurrentProcess(), stub, size);
  return "";
}

}  // namespace mmio_cts
