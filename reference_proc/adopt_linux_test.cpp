#include <fcntl.h>
#include <unistd.h>

#include "reference_proc/file_for_test.h"

namespace reference_proc {
namespace {

class Adopt : public BothProcedures {};
FOR_BOTH_PROCEDURES(Adopt);

bool is_open(int descriptor) { return fcntl(descriptor, F_GETFD) >= 0; }

TEST_P(Adopt, StartsWhereTheDescriptorIs) {
  folder.put("a", "0123456789");
  const int descriptor = ::open(folder.name_of("a").c_str(), O_RDWR);
  ASSERT_EQ(lseek(descriptor, 4, SEEK_SET), 4);
  FileForTest a = file();
  ASSERT_EQ(a.adopt(static_cast<DWORD>(descriptor), MMIO_READWRITE), 0);
  EXPECT_EQ(a.position(), 4);
  EXPECT_EQ(a.read(3), "456");
  EXPECT_EQ(a.write("ab"), 2);
  EXPECT_EQ(a.close(MMIO_FHOPEN), 0);
  EXPECT_TRUE(is_open(descriptor));
  EXPECT_EQ(folder.content("a"), "0123456ab9");

  ASSERT_EQ(a.adopt(static_cast<DWORD>(descriptor), MMIO_READWRITE), 0);
  EXPECT_EQ(a.close(), 0);
  EXPECT_FALSE(is_open(descriptor));
}

TEST_P(Adopt, RefusesWhatHasNoPositions) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  EXPECT_EQ(file().adopt(static_cast<DWORD>(ends[0]), MMIO_READ), MMIOERR_INVALIDFILE);
  const int appending = ::open(folder.name_of("a").c_str(), O_RDWR | O_CREAT | O_APPEND, 0666);
  EXPECT_EQ(file().adopt(static_cast<DWORD>(appending), MMIO_WRITE), MMIOERR_INVALIDFILE);
  const int directory = ::open("/", O_RDONLY);
  EXPECT_EQ(file().adopt(static_cast<DWORD>(directory), MMIO_READ), MMIOERR_INVALIDFILE);
  for (const int descriptor : {ends[0], ends[1], appending, directory}) {
    EXPECT_TRUE(is_open(descriptor));
    ::close(descriptor);
  }
}

}  // namespace
}  // namespace reference_proc
