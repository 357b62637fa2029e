#include <tuple>

#include "reference_proc/file_for_test.h"

namespace reference_proc {
namespace {

class BufferedFile : public ::testing::Test {
 protected:
  BufferedFile() { EXPECT_EQ(a.open(folder.name_of("a"), MMIO_CREATE | MMIO_READWRITE), 0); }

  FolderForTest folder;
  FileForTest a{BufferedFileProc};
};

TEST_F(BufferedFile, KeepsASmallWriteBackUntilClose) {
  EXPECT_EQ(a.write("hello"), 5);
  EXPECT_EQ(folder.content("a"), "");
  EXPECT_EQ(a.seek(0, SEEK_END), 5);
  EXPECT_EQ(a.close(), 0);
  EXPECT_EQ(folder.content("a"), "hello");
}

TEST_F(BufferedFile, WriteFlushBringsOutEarlierWritesToo) {
  EXPECT_EQ(a.write("hello"), 5);
  EXPECT_EQ(a.write_flush(", world"), 7);
  EXPECT_EQ(a.position(), 12);
  EXPECT_EQ(folder.content("a"), "hello, world");
  EXPECT_EQ(a.close(), 0);
}

TEST_F(BufferedFile, WriteFlushOfNothingIsAFlush) {
  EXPECT_EQ(a.write("hello"), 5);
  EXPECT_EQ(a.write_flush(""), 0);
  EXPECT_EQ(a.position(), 5);
  EXPECT_EQ(folder.content("a"), "hello");
  EXPECT_EQ(a.close(), 0);
}

TEST_F(BufferedFile, LaterDataWinsWhereverItWasWritten) {
  EXPECT_EQ(a.write("0123456789"), 10);
  EXPECT_EQ(a.seek(2), 2);
  EXPECT_EQ(a.write("ab"), 2);
  EXPECT_EQ(a.read(2), "45");
  EXPECT_EQ(a.seek(3), 3);
  EXPECT_EQ(a.write_flush("XY"), 2);
  EXPECT_EQ(a.seek(9), 9);
  EXPECT_EQ(a.write("end"), 3);
  EXPECT_EQ(a.seek(0), 0);
  EXPECT_EQ(a.read(99), "01aXY5678end");
  EXPECT_EQ(a.close(), 0);
  EXPECT_EQ(folder.content("a"), "01aXY5678end");
}

TEST_F(BufferedFile, ReadsWhatIsNotInTheFileYet) {
  EXPECT_EQ(a.write_flush("0123456789"), 10);
  EXPECT_EQ(a.seek(4), 4);
  EXPECT_EQ(a.write("abc"), 3);
  for (const auto& [position, count, expected] : {std::tuple{0, 4, "0123"},
                                                  {0, 5, "0123a"},
                                                  {0, 99, "0123abc789"},
                                                  {5, 1, "b"},
                                                  {5, 3, "bc7"},
                                                  {7, 9, "789"},
                                                  {10, 9, ""}}) {
    EXPECT_EQ(a.seek(position), position);
    EXPECT_EQ(a.read(count), expected);
  }
  EXPECT_EQ(folder.content("a"), "0123456789");
  EXPECT_EQ(a.close(), 0);
  EXPECT_EQ(folder.content("a"), "0123abc789");
}

TEST_F(BufferedFile, ReadsAGapBeforeItIsInTheFile) {
  EXPECT_EQ(a.write_flush("12"), 2);
  EXPECT_EQ(a.seek(6), 6);
  EXPECT_EQ(a.write("ab"), 2);
  EXPECT_EQ(a.seek(0), 0);
  EXPECT_EQ(a.read(99), "12");  // a short read: what follows is asked for again
  EXPECT_EQ(a.read(3), std::string(3, '\0'));
  EXPECT_EQ(a.read(99), std::string(1, '\0') + "ab");
  EXPECT_EQ(a.read(99), "");
  EXPECT_EQ(a.close(), 0);
}

TEST_F(BufferedFile, FillsAndPassesItsBuffer) {
  std::string all;
  for (const std::size_t size : {4095u, 1u, 1u, 4096u, 4097u, 3u, 10000u, 2000u, 2000u, 200u}) {
    const std::string data(size, static_cast<char>('a' + all.size() % 26));
    EXPECT_EQ(a.write(data), static_cast<LRESULT>(size));
    all += data;
    EXPECT_EQ(a.position(), static_cast<LONG>(all.size()));
    EXPECT_EQ(a.seek(0, SEEK_END), static_cast<LRESULT>(all.size()));
  }
  EXPECT_EQ(a.close(), 0);
  EXPECT_EQ(folder.content("a"), all);
}

TEST(PlainFile, KeepsNothingBack) {
  FolderForTest folder;
  FileForTest a(PlainFileProc);
  ASSERT_EQ(a.open(folder.name_of("a"), MMIO_CREATE | MMIO_WRITE), 0);
  EXPECT_EQ(a.write("hello"), 5);
  EXPECT_EQ(folder.content("a"), "hello");
  EXPECT_EQ(a.close(), 0);
}

}  // namespace
}  // namespace reference_proc
