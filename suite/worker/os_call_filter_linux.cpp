#include "suite/worker/os_call_filter_linux.h"

#include <link.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace mmio_cts {
namespace {

/// Of addresses, both included, that have the upper half in common.
struct Range {
  std::uint64_t first, last;
};

constexpr std::uint32_t lower_half(std::uint64_t value) { return static_cast<std::uint32_t>(value); }
constexpr std::uint32_t upper_half(std::uint64_t value) { return static_cast<std::uint32_t>(value >> 32); }

/// Of every module but the program itself, which comes first.
std::vector<Range> code_of_modules() {
  std::vector<Range> ranges;
  struct State {
    std::vector<Range>& ranges;
    bool is_program = true;
  } state{ranges};
  dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* data) {
        auto& state = *static_cast<State*>(data);
        if (std::exchange(state.is_program, false)) return 0;
        for (int i = 0; i < info->dlpi_phnum; ++i) {
          const auto& header = info->dlpi_phdr[i];
          if (header.p_type != PT_LOAD || (header.p_flags & PF_X) == 0 || header.p_memsz == 0) continue;
          const std::uint64_t first = info->dlpi_addr + header.p_vaddr;
          const std::uint64_t last = first + header.p_memsz;
          const std::uint64_t boundary = last >> 32 << 32;
          if (upper_half(first) != upper_half(last)) state.ranges.push_back({first, boundary - 1});
          state.ranges.push_back({std::max(first, boundary), last});
        }
        return 0;
      },
      &state);
  return ranges;
}

/// A program for the kernel, which looks at each system call.
class Filter {
 public:
  void load(std::size_t offset) { add(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset)); }
  void answer(std::uint32_t action) { add(BPF_RET | BPF_K, action); }
  /// Skips so many instructions if the word loaded compares so, or else does not.
  void skip(std::uint16_t comparison, std::uint32_t value, std::uint8_t if_true, std::uint8_t if_not) {
    code_.push_back({static_cast<std::uint16_t>(BPF_JMP | comparison | BPF_K), if_true, if_not, value});
  }

  void jump(std::size_t instructions) { add(BPF_JMP | BPF_JA, static_cast<std::uint32_t>(instructions)); }
  void trap_within(const Range& range) {
    constexpr std::size_t address = offsetof(seccomp_data, instruction_pointer);  // little-endian
    load(address + sizeof(std::uint32_t));
    skip(BPF_JEQ, upper_half(range.first), 0, 4);
    load(address);
    skip(BPF_JGE, lower_half(range.first), 0, 2);
    skip(BPF_JGT, lower_half(range.last), 1, 0);
    answer(SECCOMP_RET_TRAP);
  }

  bool install() {
    const sock_fprog program = {static_cast<unsigned short>(code_.size()), code_.data()};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0;
  }

 private:
  void add(int code, std::uint32_t value) {
    code_.push_back({static_cast<std::uint16_t>(code), 0, 0, value});
  }

  std::vector<sock_filter> code_;
};

}  // namespace

bool trap_system_calls(std::span<const int> numbers) {
  Filter filter;
  // Calls of another architecture have other numbers.
  filter.load(offsetof(seccomp_data, arch));
  filter.skip(BPF_JEQ, AUDIT_ARCH_X86_64, 1, 0);
  filter.answer(SECCOMP_RET_ALLOW);
  filter.load(offsetof(seccomp_data, nr));
  constexpr std::size_t instructions_for_each = 2;
  std::size_t left = numbers.size() * instructions_for_each;
  for (const int number : numbers) {
    left -= instructions_for_each;
    filter.skip(BPF_JEQ, static_cast<std::uint32_t>(number), 0, 1);
    filter.jump(left + 1);  // behind the answer to all others
  }
  filter.answer(SECCOMP_RET_ALLOW);
  for (const Range& range : code_of_modules()) filter.trap_within(range);
  filter.answer(SECCOMP_RET_ALLOW);
  return filter.install();
}

}  // namespace mmio_cts
