#pragma once

namespace mmio_cts {

/// Where a page that must not be touched lies beside the memory that messages hand over: buffers, names and
/// MMIOINFO (requirements IP-13, ABI-07). With one, memory of an earlier message is not to be touched either
/// (IP-12), nor is the data of WRITE and WRITEFLUSH to be written (WR-03).
enum class Guard {
  none,    ///< known bytes lie on both sides: what is written there shows, what is read does not
  behind,  ///< the memory ends where that page begins
  before,  ///< the memory begins where that page ends
};

}  // namespace mmio_cts
