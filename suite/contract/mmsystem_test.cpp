#include "suite/contract/mmsystem.h"

#include <gtest/gtest.h>

#include <cstddef>

namespace {

// Requirements ABI-07 to ABI-10. The offsets are those measured with the system's own header.
#define EXPECT_OFFSET(member, with_32_bit_pointers, with_64_bit_pointers) \
  EXPECT_EQ(offsetof(MMIOINFO, member),                                   \
            sizeof(void*) == 4 ? std::size_t{with_32_bit_pointers} : std::size_t{with_64_bit_pointers})

TEST(MmioInfo, IsPackedTo72BytesWith32BitPointersAndTo100With64) {
  EXPECT_EQ(sizeof(MMIOINFO), sizeof(void*) == 4 ? 72u : 100u);
}

TEST(MmioInfo, HasItsMembersAtTheDocumentedOffsets) {
  EXPECT_OFFSET(dwFlags, 0, 0);
  EXPECT_OFFSET(fccIOProc, 4, 4);
  EXPECT_OFFSET(pIOProc, 8, 8);
  EXPECT_OFFSET(wErrorRet, 12, 16);
  EXPECT_OFFSET(htask, 16, 20);
  EXPECT_OFFSET(cchBuffer, 20, 28);
  EXPECT_OFFSET(pchBuffer, 24, 32);
  EXPECT_OFFSET(pchNext, 28, 40);
  EXPECT_OFFSET(pchEndRead, 32, 48);
  EXPECT_OFFSET(pchEndWrite, 36, 56);
  EXPECT_OFFSET(lBufOffset, 40, 64);
  EXPECT_OFFSET(lDiskOffset, 44, 68);
  EXPECT_OFFSET(adwInfo, 48, 72);
  EXPECT_OFFSET(dwReserved1, 60, 84);
  EXPECT_OFFSET(dwReserved2, 64, 88);
  EXPECT_OFFSET(hmmio, 68, 92);
}

TEST(Types, HaveTheWidthsOfTheWindowsAbi) {
  EXPECT_EQ(sizeof(LONG), 4u);
  EXPECT_EQ(sizeof(DWORD), 4u);
  EXPECT_EQ(sizeof(UINT), 4u);
  EXPECT_EQ(sizeof(LPARAM), sizeof(void*));
  EXPECT_EQ(sizeof(LRESULT), sizeof(void*));
}

}  // namespace
