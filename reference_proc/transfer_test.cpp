#include <limits>

#include "reference_proc/file_for_test.h"

namespace reference_proc {
namespace {

constexpr LONG long_max = std::numeric_limits<LONG>::max();

class TransferMessages : public BothProcedures {};
FOR_BOTH_PROCEDURES(TransferMessages);

TEST_P(TransferMessages, ReadTellsHowMuchThereWas) {
  folder.put("a", "0123456789");
  FileForTest a = file();
  ASSERT_EQ(a.open(folder.name_of("a")), 0);
  EXPECT_EQ(a.read(4), "0123");
  EXPECT_EQ(a.position(), 4);
  EXPECT_EQ(a.read(0), "");
  EXPECT_EQ(a.position(), 4);
  EXPECT_EQ(a.read(12), "456789");
  EXPECT_EQ(a.position(), 10);
  EXPECT_EQ(a.read(12), "");
  EXPECT_EQ(a.seek(50), 50);
  EXPECT_EQ(a.read(12), "");
  EXPECT_EQ(a.position(), 50);
  EXPECT_EQ(a.close(), 0);
}

TEST_P(TransferMessages, OverwriteKeepsTheRest) {
  folder.put("a", "0123456789");
  FileForTest a = file();
  ASSERT_EQ(a.open(folder.name_of("a"), MMIO_READWRITE), 0);
  EXPECT_EQ(a.read(2), "01");
  EXPECT_EQ(a.write("ab"), 2);
  EXPECT_EQ(a.read(2), "45");
  EXPECT_EQ(a.write_flush("cd"), 2);
  EXPECT_EQ(a.position(), 8);
  EXPECT_EQ(a.write(""), 0);
  EXPECT_EQ(a.write_flush(""), 0);
  EXPECT_EQ(a.position(), 8);
  EXPECT_EQ(a.write_flush("X"), 1);
  EXPECT_EQ(a.close(), 0);
  EXPECT_EQ(folder.content("a"), "01ab45cdX9");
}

TEST_P(TransferMessages, TakeTheirPositionFromTheMember) {
  folder.put("a", "0123456789");
  FileForTest a = file();
  ASSERT_EQ(a.open(folder.name_of("a"), MMIO_READWRITE), 0);
  a.info.lDiskOffset = 6;
  EXPECT_EQ(a.read(2), "67");
  a.info.lDiskOffset = 1;
  EXPECT_EQ(a.write("ab"), 2);
  a.info.lDiskOffset = 4;
  EXPECT_EQ(a.write("cd"), 2);
  a.info.lDiskOffset = 8;
  EXPECT_EQ(a.write_flush("ef"), 2);
  a.info.lDiskOffset = -1;
  EXPECT_EQ(a.read(2), "error -1");
  EXPECT_EQ(a.write("x"), -1);
  EXPECT_EQ(a.close(), 0);
  EXPECT_EQ(folder.content("a"), "0ab3cd67ef");
}

TEST_P(TransferMessages, RefuseWhatTheModeForbids) {
  folder.put("a", "0123456789");
  FileForTest reader = file();
  ASSERT_EQ(reader.open(folder.name_of("a"), MMIO_READ), 0);
  EXPECT_EQ(reader.seek(3), 3);
  EXPECT_EQ(reader.write("abcd"), -1);
  EXPECT_EQ(reader.write_flush("abcd"), -1);
  EXPECT_EQ(reader.position(), 3);
  EXPECT_EQ(reader.close(), 0);
  FileForTest writer = file();
  ASSERT_EQ(writer.open(folder.name_of("a"), MMIO_WRITE), 0);
  EXPECT_EQ(writer.seek(3), 3);
  EXPECT_EQ(writer.read(4), "error -1");
  EXPECT_EQ(writer.position(), 3);
  EXPECT_EQ(writer.close(), 0);
  EXPECT_EQ(folder.content("a"), "0123456789");
}

TEST_P(TransferMessages, RefuseCountsThatAreNone) {
  folder.put("a", "0123456789");
  FileForTest a = file();
  ASSERT_EQ(a.open(folder.name_of("a"), MMIO_READWRITE), 0);
  char byte = 'x';
  for (const UINT message : {MMIOM_READ, MMIOM_WRITE, MMIOM_WRITEFLUSH}) {
    EXPECT_EQ(a.send(message, reinterpret_cast<LPARAM>(&byte), -1), -1);
    EXPECT_EQ(a.send(message, 0, 4), -1);
    EXPECT_EQ(a.send(message, 0, 0), 0);
    EXPECT_EQ(a.position(), 0);
  }
  EXPECT_EQ(a.close(), 0);
  EXPECT_EQ(folder.content("a"), "0123456789");
}

TEST_P(TransferMessages, MoveMuchInOneCall) {
  std::string data(1'000'003, ' ');
  for (std::size_t i = 0; i < data.size(); ++i) data[i] = static_cast<char>(i * 7 + i / 251);
  FileForTest a = file();
  ASSERT_EQ(a.open(folder.name_of("a"), MMIO_CREATE | MMIO_READWRITE), 0);
  EXPECT_EQ(a.write("head"), 4);
  EXPECT_EQ(a.write(data), 1'000'003);
  EXPECT_EQ(a.position(), 1'000'007);
  EXPECT_EQ(a.seek(4), 4);
  EXPECT_EQ(a.read(2'000'000), data);
  EXPECT_EQ(a.close(), 0);
  EXPECT_EQ(folder.content("a"), "head" + data);
}

TEST_P(TransferMessages, NeverPassTheLargestPosition) {
  FileForTest a = file();
  ASSERT_EQ(a.open(folder.name_of("a"), MMIO_CREATE | MMIO_READWRITE), 0);
  EXPECT_EQ(a.seek(long_max - 1), long_max - 1);
  EXPECT_EQ(a.write("ab"), -1);
  EXPECT_EQ(a.write_flush("ab"), -1);
  EXPECT_EQ(a.read(10), "");
  EXPECT_EQ(a.position(), long_max - 1);
  EXPECT_EQ(a.seek(1, SEEK_CUR), long_max);
  EXPECT_EQ(a.read(10), "");
  EXPECT_EQ(a.seek(1, SEEK_CUR), -1);
  EXPECT_EQ(a.position(), long_max);
  EXPECT_EQ(a.close(), 0);
  EXPECT_EQ(folder.content("a"), "");
}

TEST_P(TransferMessages, SeekCountsFromItsOrigin) {
  folder.put("a", "0123456789");
  FileForTest a = file();
  ASSERT_EQ(a.open(folder.name_of("a"), MMIO_READWRITE), 0);
  EXPECT_EQ(a.seek(7), 7);
  EXPECT_EQ(a.seek(-3, SEEK_CUR), 4);
  EXPECT_EQ(a.seek(0, SEEK_CUR), 4);
  EXPECT_EQ(a.seek(2, SEEK_CUR), 6);
  EXPECT_EQ(a.seek(0, SEEK_END), 10);
  EXPECT_EQ(a.seek(4, SEEK_END), 6);
  EXPECT_EQ(a.seek(-4, SEEK_END), 14);
  EXPECT_EQ(a.write("x"), 1);
  EXPECT_EQ(a.seek(0, SEEK_END), 15);
  EXPECT_EQ(a.close(), 0);
  EXPECT_EQ(folder.content("a").size(), 15u);
}

TEST_P(TransferMessages, FailedSeekStays) {
  folder.put("a", "0123456789");
  FileForTest a = file();
  ASSERT_EQ(a.open(folder.name_of("a")), 0);
  EXPECT_EQ(a.seek(5), 5);
  EXPECT_EQ(a.seek(-1), -1);
  EXPECT_EQ(a.seek(-6, SEEK_CUR), -1);
  EXPECT_EQ(a.seek(11, SEEK_END), -1);
  for (const LPARAM origin : {3, 7, -1}) EXPECT_EQ(a.seek(0, origin), -1);
  EXPECT_EQ(a.position(), 5);
  EXPECT_EQ(a.close(), 0);
}

TEST_P(TransferMessages, SurviveAFileThatIsNotOpen) {
  folder.put("a", "content");
  FileForTest never = file(), failed = file(), closed = file(), open = file();
  ASSERT_EQ(open.open(folder.name_of("a"), MMIO_READWRITE), 0);
  failed.info = open.info;  // what a failed OPEN must not leave behind
  EXPECT_NE(failed.open(folder.name_of("missing")), 0);
  ASSERT_EQ(closed.open(folder.name_of("a")), 0);
  FileForTest copy = closed;
  EXPECT_EQ(closed.close(), 0);
  std::memset(&never.info, 0xA5, sizeof never.info);
  never.info.lDiskOffset = 0;
  for (FileForTest* a : {&never, &failed, &closed, &copy}) {
    EXPECT_EQ(a->read(2), "error -1");
    EXPECT_EQ(a->write("xx"), -1);
    EXPECT_EQ(a->write_flush("xx"), -1);
    EXPECT_EQ(a->seek(0, SEEK_CUR), -1);
    EXPECT_EQ(a->close(), MMIOERR_CANNOTCLOSE);
  }
  EXPECT_EQ(open.read(9), "content");
  EXPECT_EQ(open.close(), 0);
}

TEST_P(TransferMessages, UnknownMessagesAnswerZeroAndTouchNothing) {
  folder.put("a", "content");
  FileForTest a = file();
  ASSERT_EQ(a.open(folder.name_of("a")), 0);
  const MMIOINFO before = a.info;
  for (const UINT message : {7u, 0x1000u, 0x7FFFu, 0x8000u, 0x8001u, 0xFFFFFFFFu})
    EXPECT_EQ(a.send(message, 1, 3), 0);
  EXPECT_EQ(std::memcmp(&before, &a.info, sizeof before), 0);
  EXPECT_EQ(GetParam()(nullptr, 0x8000, 1, 3), 0);
  EXPECT_EQ(a.close(), 0);
}

TEST_P(TransferMessages, RenameNeedsNoMmioinfoAndReplacesNothing) {
  folder.put("a", "content of a");
  folder.put("b", "content of b");
  const auto rename = [&](const std::string& from, const std::string& to) {
    return GetParam()(nullptr, MMIOM_RENAME, reinterpret_cast<LPARAM>(folder.name_of(from).c_str()),
                      reinterpret_cast<LPARAM>(folder.name_of(to).c_str()));
  };
  EXPECT_EQ(rename("a", "b"), MMIOERR_ACCESSDENIED);
  EXPECT_EQ(folder.content("a"), "content of a");
  EXPECT_EQ(folder.content("b"), "content of b");
  EXPECT_EQ(rename("a", "c"), 0);
  EXPECT_FALSE(folder.has("a"));
  EXPECT_EQ(folder.content("c"), "content of a");
  EXPECT_EQ(rename("a", "d"), MMIOERR_FILENOTFOUND);
  EXPECT_EQ(rename("no/a", "d"), MMIOERR_PATHNOTFOUND);
  EXPECT_EQ(rename("c", "no/c"), MMIOERR_PATHNOTFOUND);
  EXPECT_TRUE(folder.has("c"));
  EXPECT_NE(GetParam()(nullptr, MMIOM_RENAME, 0, 0), 0);
}

}  // namespace
}  // namespace reference_proc
