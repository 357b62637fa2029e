#include "reference_proc/file_for_test.h"

namespace reference_proc {
namespace {

class Open : public BothProcedures {};
FOR_BOTH_PROCEDURES(Open);

TEST_P(Open, StartsAtZeroWhateverWasInTheMembers) {
  folder.put("a", "content");
  FileForTest a = file();
  a.info.lDiskOffset = 5;
  a.info.adwInfo[0] = a.info.adwInfo[1] = a.info.adwInfo[2] = 0xDEADBEEF;
  EXPECT_EQ(a.open(folder.name_of("a")), 0);
  EXPECT_EQ(a.position(), 0);
  EXPECT_EQ(a.read(100), "content");
  EXPECT_EQ(a.close(), 0);
}

TEST_P(Open, ChangesNoMemberButTheTwoItOwns) {
  FileForTest a = file();
  std::memset(&a.info, 0x5A, sizeof a.info);
  MMIOINFO before = a.info;
  before.dwFlags = MMIO_CREATE | MMIO_READWRITE | MMIO_ALLOCBUF | MMIO_DIRTY;
  EXPECT_EQ(a.open(folder.name_of("a"), before.dwFlags), 0);
  EXPECT_EQ(a.write("1234"), 4);
  EXPECT_EQ(a.seek(1), 1);
  EXPECT_EQ(a.read(2), "23");
  EXPECT_EQ(a.close(), 0);
  before.lDiskOffset = a.info.lDiskOffset;
  std::memcpy(before.adwInfo, a.info.adwInfo, sizeof before.adwInfo);
  EXPECT_EQ(std::memcmp(&before, &a.info, sizeof before), 0);
}

TEST_P(Open, TellsAMissingFileFromAMissingFolder) {
  EXPECT_EQ(file().open(folder.name_of("missing")), MMIOERR_FILENOTFOUND);
  EXPECT_EQ(file().open(folder.name_of("missing"), MMIO_READWRITE), MMIOERR_FILENOTFOUND);
  EXPECT_EQ(file().open(folder.name_of("no/missing")), MMIOERR_PATHNOTFOUND);
  EXPECT_FALSE(folder.has("missing"));
}

TEST_P(Open, RefusesAFolder) {
  EXPECT_EQ(file().open(folder.name_of("")), MMIOERR_INVALIDFILE);
  EXPECT_EQ(file().open(folder.name_of("."), MMIO_READWRITE), MMIOERR_INVALIDFILE);
  EXPECT_EQ(file().open(folder.name_of("."), MMIO_READWRITE | MMIO_CREATE), MMIOERR_INVALIDFILE);
}

TEST_P(Open, WithCreateMakesOrEmptiesTheFile) {
  folder.put("old", "something");
  for (const char* name : {"old", "new"}) {
    FileForTest a = file();
    EXPECT_EQ(a.open(folder.name_of(name), MMIO_CREATE | MMIO_WRITE), 0);
    EXPECT_EQ(a.seek(0, SEEK_END), 0);
    EXPECT_EQ(a.write("xy"), 2);
    EXPECT_EQ(a.close(), 0);
    EXPECT_EQ(folder.content(name), "xy");
  }
}

TEST_P(Open, WithDeleteDeletesAndOpensNothing) {
  folder.put("a", "content");
  FileForTest a = file();
  EXPECT_EQ(a.open(folder.name_of("a"), MMIO_DELETE), 0);
  EXPECT_FALSE(folder.has("a"));
  EXPECT_EQ(a.seek(0, SEEK_CUR), -1);
  EXPECT_EQ(a.open(folder.name_of("a"), MMIO_DELETE), MMIOERR_FILENOTFOUND);
  EXPECT_EQ(a.send(MMIOM_OPEN), MMIOERR_CANNOTOPEN);
}

TEST_P(Open, LeavesParseExistAndGettempToTheManager) {
  folder.put("a", "content");
  for (const DWORD flag : {DWORD{MMIO_PARSE}, DWORD{MMIO_EXIST}, DWORD{MMIO_GETTEMP}}) {
    EXPECT_EQ(file().open(folder.name_of("a"), flag | MMIO_CREATE), MMIOERR_CANNOTOPEN);
    EXPECT_EQ(file().open(folder.name_of("b"), flag | MMIO_CREATE), MMIOERR_CANNOTOPEN);
  }
  EXPECT_EQ(folder.content("a"), "content");
  EXPECT_FALSE(folder.has("b"));
}

TEST_P(Open, TakesTheWholeNameForTheName) {
  const std::string name = "a folder.tst+element with blanks" + std::string(100, 'x');
  FileForTest a = file();
  EXPECT_EQ(a.open(folder.name_of(name), MMIO_CREATE | MMIO_WRITE), 0);
  EXPECT_EQ(a.close(), 0);
  EXPECT_TRUE(folder.has(name));
}

TEST_P(Open, KeepsFilesApart) {
  folder.put("a", "aaaa");
  folder.put("b", "bbbb");
  FileForTest a = file(), again = file(), b = file();
  ASSERT_EQ(a.open(folder.name_of("a")), 0);
  ASSERT_EQ(again.open(folder.name_of("a")), 0);
  ASSERT_EQ(b.open(folder.name_of("b")), 0);
  EXPECT_EQ(a.read(3), "aaa");
  EXPECT_EQ(b.read(1), "b");
  EXPECT_EQ(again.read(9), "aaaa");
  EXPECT_EQ(again.close(), 0);
  EXPECT_EQ(a.read(9), "a");
  EXPECT_EQ(b.read(9), "bbb");
  EXPECT_EQ(a.close(), 0);
  EXPECT_EQ(b.close(), 0);
}

TEST_P(Open, KeepsManyFilesApart) {
  folder.put("a", "abc");
  std::vector<FileForTest> files(300, file());
  for (FileForTest& a : files) ASSERT_EQ(a.open(folder.name_of("a")), 0);
  for (FileForTest& a : files) EXPECT_EQ(a.read(2), "ab");
  for (FileForTest& a : files) EXPECT_EQ(a.close(), 0);
}

TEST_P(Open, OutlivesACopyOfTheMembers) {
  folder.put("a", "0123456789");
  FileForTest a = file();
  ASSERT_EQ(a.open(folder.name_of("a")), 0);
  EXPECT_EQ(a.read(4), "0123");
  FileForTest moved = a;
  std::memset(&a.info, 0, sizeof a.info);
  EXPECT_EQ(moved.read(4), "4567");
  EXPECT_EQ(moved.close(), 0);
}

TEST_P(Open, SharesAsTheFlagsSay) {
  struct {
    DWORD first, second;
    bool agree;
  } const pairs[] = {
      {MMIO_READ, MMIO_READ, true},
      {MMIO_READWRITE, MMIO_READWRITE, true},
      {MMIO_READWRITE | MMIO_DENYNONE, MMIO_READWRITE | MMIO_DENYNONE, true},
      {MMIO_READ | MMIO_DENYWRITE, MMIO_READ | MMIO_DENYWRITE, true},
      {MMIO_READ | MMIO_DENYWRITE, MMIO_WRITE, false},
      {MMIO_WRITE, MMIO_READ | MMIO_DENYWRITE, false},
      {MMIO_WRITE | MMIO_DENYREAD, MMIO_WRITE, true},
      {MMIO_WRITE | MMIO_DENYREAD, MMIO_READ, false},
      {MMIO_READ | MMIO_EXCLUSIVE, MMIO_READ, false},
      {MMIO_READ | MMIO_EXCLUSIVE, MMIO_WRITE, false},
      {MMIO_READ, MMIO_READ | MMIO_EXCLUSIVE, false},
      {MMIO_READ | MMIO_EXCLUSIVE, MMIO_CREATE | MMIO_WRITE, false},
  };
  for (const auto& pair : pairs) {
    SCOPED_TRACE(std::to_string(pair.first) + " and " + std::to_string(pair.second));
    folder.put("a", "content");
    FileForTest first = file(), second = file();
    ASSERT_EQ(first.open(folder.name_of("a"), pair.first), 0);
    EXPECT_EQ(second.open(folder.name_of("a"), pair.second), pair.agree ? 0 : MMIOERR_SHARINGVIOLATION);
    EXPECT_EQ(second.close(), pair.agree ? 0 : MMIOERR_CANNOTCLOSE);
    EXPECT_EQ(first.close(), 0);
    EXPECT_EQ(folder.content("a"), "content");
  }
}

TEST_P(Open, RefusesToDeleteOrRenameAnOpenFile) {
  folder.put("a", "content");
  FileForTest a = file();
  ASSERT_EQ(a.open(folder.name_of("a")), 0);
  EXPECT_EQ(file().open(folder.name_of("a"), MMIO_DELETE), MMIOERR_SHARINGVIOLATION);
  const std::string from = folder.name_of("a"), to = folder.name_of("b");
  EXPECT_EQ(
      file().send(MMIOM_RENAME, reinterpret_cast<LPARAM>(from.c_str()), reinterpret_cast<LPARAM>(to.c_str())),
      MMIOERR_SHARINGVIOLATION);
  EXPECT_EQ(a.read(7), "content");
  EXPECT_EQ(a.close(), 0);
  EXPECT_TRUE(folder.has("a"));
}

TEST_P(Open, WithoutNameAndHandleFails) {
  EXPECT_EQ(file().adopt(0, MMIO_READ), MMIOERR_CANNOTOPEN);
  EXPECT_EQ(file().adopt(0xDEADBEEF, MMIO_READ), MMIOERR_INVALIDFILE);
  EXPECT_EQ(file().adopt(0xFFFFFFFF, MMIO_READ), MMIOERR_INVALIDFILE);
}

TEST_P(Open, IgnoresFhopenForAFileOpenedByName) {
  folder.put("a", "content");
  for (int i = 0; i < 3000; ++i) {
    FileForTest a = file();
    ASSERT_EQ(a.open(folder.name_of("a"), MMIO_READ | MMIO_EXCLUSIVE), 0);
    ASSERT_EQ(a.close(MMIO_FHOPEN | 0x8000), 0);
  }
}

}  // namespace
}  // namespace reference_proc
