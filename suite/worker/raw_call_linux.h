#pragma once

#include <sys/syscall.h>
#include <sys/uio.h>

#include <array>
#include <cstdint>

namespace mmio_cts {

/// Of a system call.
using Arguments = std::array<std::int64_t, 6>;

/// Makes a system call from this program's own code, which is trapped nowhere: no function of a library is
/// called. On an error the result is its number, negative.
inline std::int64_t perform(std::int64_t number, const Arguments& a) {
  std::int64_t result;
  register std::int64_t r10 asm("r10") = a[3];
  register std::int64_t r8 asm("r8") = a[4];
  register std::int64_t r9 asm("r9") = a[5];
  asm volatile("syscall"
               : "=a"(result)
               : "a"(number), "D"(a[0]), "S"(a[1]), "d"(a[2]), "r"(r10), "r"(r8), "r"(r9)
               : "rcx", "r11", "memory");
  return result;
}

constexpr bool is_error(std::int64_t result) { return result < 0 && result >= -4095; }

inline std::int64_t address(const void* pointer) { return reinterpret_cast<std::int64_t>(pointer); }

/// Bytes of this process at an address that the candidate gave: there may be none.
inline bool copy_from(std::int64_t from, void* to, std::size_t size) {
  const iovec local = {to, size}, remote = {reinterpret_cast<void*>(from), size};
  return perform(SYS_process_vm_readv, {perform(SYS_getpid, {}), address(&local), 1, address(&remote), 1,
                                        0}) == static_cast<std::int64_t>(size);
}

}  // namespace mmio_cts
