#include "reference_proc/file_for_test.h"

namespace reference_proc {
namespace {

class Adopt : public BothProcedures {};
FOR_BOTH_PROCEDURES(Adopt);

bool is_open(HANDLE handle) {
  DWORD flags = 0;
  return GetHandleInformation(handle, &flags) != 0;
}

TEST_P(Adopt, StartsWhereTheHandleIs) {
  folder.put("a", "0123456789");
  const HANDLE handle = CreateFileA(folder.name_of("a").c_str(), GENERIC_READ | GENERIC_WRITE,
                                    FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING, 0, nullptr);
  ASSERT_NE(handle, INVALID_HANDLE_VALUE);
  const auto number = static_cast<DWORD>(reinterpret_cast<UINT_PTR>(handle));
  ASSERT_EQ(SetFilePointer(handle, 4, nullptr, FILE_BEGIN), 4u);
  FileForTest a = file();
  ASSERT_EQ(a.adopt(number, MMIO_READWRITE), 0);
  EXPECT_EQ(a.position(), 4);
  EXPECT_EQ(a.read(3), "456");
  EXPECT_EQ(a.write("ab"), 2);
  EXPECT_EQ(a.close(MMIO_FHOPEN), 0);
  EXPECT_TRUE(is_open(handle));
  EXPECT_EQ(folder.content("a"), "0123456ab9");

  ASSERT_EQ(a.adopt(number, MMIO_READWRITE), 0);
  EXPECT_EQ(a.close(), 0);
  EXPECT_FALSE(is_open(handle));
}

TEST_P(Adopt, RefusesWhatHasNoPositions) {
  HANDLE read_end = nullptr, write_end = nullptr;
  ASSERT_TRUE(CreatePipe(&read_end, &write_end, nullptr, 0));
  EXPECT_EQ(file().adopt(static_cast<DWORD>(reinterpret_cast<UINT_PTR>(read_end)), MMIO_READ),
            MMIOERR_INVALIDFILE);
  CloseHandle(read_end);
  CloseHandle(write_end);
}

}  // namespace
}  // namespace reference_proc
