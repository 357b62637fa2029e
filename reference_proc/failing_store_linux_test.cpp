#include <signal.h>
#include <sys/resource.h>

#include "reference_proc/file_for_test.h"

namespace reference_proc {
namespace {

class FailingStore : public BothProcedures {};
FOR_BOTH_PROCEDURES(FailingStore);

// A disk that takes `size` bytes of a file, and an error then.
class SizeLimit {
 public:
  explicit SizeLimit(rlim_t size) {
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{size, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~SizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_;
};

TEST_P(FailingStore, FullDiskIsReportedAndThePositionStays) {
  std::filesystem::create_symlink("/dev/full", folder.name_of("full"));
  for (const DWORD flags : {DWORD{MMIO_WRITE}, DWORD{MMIO_CREATE | MMIO_WRITE}}) {
    FileForTest a = file();
    ASSERT_EQ(a.open(folder.name_of("full"), flags), 0);
    EXPECT_EQ(a.write_flush("12345"), -1);
    EXPECT_EQ(a.position(), 0);
    EXPECT_EQ(a.write(std::string(5000, 'x')), -1);
    EXPECT_EQ(a.position(), 0);
    EXPECT_EQ(a.close(), 0);  // nothing was confirmed, so nothing is lost
  }
}

TEST_P(FailingStore, ReadErrorIsReportedAndThePositionStays) {
  std::filesystem::create_symlink("/proc/self/mem", folder.name_of("unreadable"));
  FileForTest a = file();
  ASSERT_EQ(a.open(folder.name_of("unreadable")), 0);
  EXPECT_EQ(a.read(16), "error -1");
  EXPECT_EQ(a.position(), 0);
  EXPECT_EQ(a.close(), 0);
}

TEST_P(FailingStore, PartOfAWriteIsConfirmedAsPart) {
  const SizeLimit limit(8000);
  for (const UINT message : {MMIOM_WRITE, MMIOM_WRITEFLUSH}) {
    FileForTest a = file();
    ASSERT_EQ(a.open(folder.name_of("a"), MMIO_CREATE | MMIO_READWRITE), 0);
    const std::string data(10000, 'x');
    EXPECT_EQ(a.send(message, reinterpret_cast<LPARAM>(data.data()), 10000), 8000);
    EXPECT_EQ(a.position(), 8000);
    EXPECT_EQ(a.send(message, reinterpret_cast<LPARAM>(data.data()), 10000), -1);
    EXPECT_EQ(a.position(), 8000);
    EXPECT_EQ(a.close(), 0);
    EXPECT_EQ(folder.content("a").size(), 8000u);
  }
}

TEST_P(FailingStore, FailedOpenLeavesNothingBehind) {
  folder.put("a", "content");
  for (int i = 0; i < 10000; ++i) ASSERT_NE(file().open(folder.name_of("missing")), 0);
  for (int i = 0; i < 10000; ++i) ASSERT_NE(file().open(folder.name_of(".")), 0);
  FileForTest a = file();
  EXPECT_EQ(a.open(folder.name_of("a")), 0);
  EXPECT_EQ(a.close(), 0);
}

TEST(BufferedFileOnAFullDisk, ReportsTheLossOfEarlierWritesUntilTheEnd) {
  FolderForTest folder;
  std::filesystem::create_symlink("/dev/full", folder.name_of("full"));
  FileForTest a(BufferedFileProc);
  ASSERT_EQ(a.open(folder.name_of("full"), MMIO_READWRITE), 0);
  EXPECT_EQ(a.write("12345"), 5);
  EXPECT_EQ(a.write_flush("678"), -1);
  EXPECT_EQ(a.position(), 5);
  EXPECT_EQ(a.write_flush(""), -1);
  EXPECT_EQ(a.seek(0), 0);
  EXPECT_EQ(a.write("x"), -1);
  EXPECT_EQ(a.position(), 0);
  EXPECT_EQ(a.close(), MMIOERR_CANNOTWRITE);
  EXPECT_EQ(a.seek(0, SEEK_CUR), -1);  // closed all the same
}

TEST(BufferedFileOnAFullDisk, TriesAgainWhatItKept) {
  FolderForTest folder;
  FileForTest a(BufferedFileProc);
  ASSERT_EQ(a.open(folder.name_of("a"), MMIO_CREATE | MMIO_READWRITE), 0);
  EXPECT_EQ(a.write("0123456789"), 10);
  {
    const SizeLimit limit(4);
    EXPECT_EQ(a.write_flush("ab"), -1);
    EXPECT_EQ(a.position(), 10);
    EXPECT_EQ(folder.content("a"), "0123");
    EXPECT_EQ(a.seek(0), 0);
    EXPECT_EQ(a.read(99), "0123456789");
    EXPECT_EQ(a.seek(4), 4);
    EXPECT_EQ(a.write("x"), -1);  // no room until the older data is out
    EXPECT_EQ(a.position(), 4);
    EXPECT_EQ(a.seek(0, SEEK_END), 10);
    EXPECT_EQ(a.write("ab"), 2);
  }
  EXPECT_EQ(a.write_flush("cd"), 2);
  EXPECT_EQ(folder.content("a"), "0123456789abcd");
  EXPECT_EQ(a.close(), 0);
}

}  // namespace
}  // namespace reference_proc
