#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace mmio_cts {

/// The members of MMIOINFO that a procedure must leave alone (requirements IP-08, FI-01 to FI-17).
/// lDiskOffset and adwInfo are the procedure's own and are not among them.
enum class Member : std::uint8_t {
  flags,
  four_cc,
  procedure,
  error_result,
  task,
  buffer_size,
  buffer,
  next,
  end_read,
  end_write,
  buffer_offset,
  reserved1,
  reserved2,
  handle,
};

struct MemberRow {
  Member member;
  std::string_view name;         ///< as in <mmsystem.h>
  std::string_view requirement;  ///< the row that a change of it violates
};

inline constexpr std::array<MemberRow, 14> guarded_members = {{
    {Member::flags, "dwFlags", "FI-01"},
    {Member::four_cc, "fccIOProc", "FI-02"},
    {Member::procedure, "pIOProc", "FI-03"},
    {Member::error_result, "wErrorRet", "FI-04"},
    {Member::task, "htask", "FI-05"},
    {Member::buffer_size, "cchBuffer", "FI-06"},
    {Member::buffer, "pchBuffer", "FI-07"},
    {Member::next, "pchNext", "FI-08"},
    {Member::end_read, "pchEndRead", "FI-09"},
    {Member::end_write, "pchEndWrite", "FI-10"},
    {Member::buffer_offset, "lBufOffset", "FI-11"},
    {Member::reserved1, "dwReserved1", "FI-16"},
    {Member::reserved2, "dwReserved2", "FI-16"},
    {Member::handle, "hmmio", "FI-17"},
}};

constexpr const MemberRow& member_row(Member member) { return guarded_members[static_cast<int>(member)]; }

}  // namespace mmio_cts
