#include "suite/run/journal.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "suite/trace/observations_for_test.h"

namespace mmio_cts {
namespace {

namespace fs = std::filesystem;

class JournalTest : public testing::Test {
 protected:
  JournalTest() : file_(fs::temp_directory_path() / ("mmio-cts-journal-test-" + std::to_string(getpid()))) {}
  ~JournalTest() override { fs::remove(file_); }

  std::unique_ptr<Journal> open() {
    auto journal = Journal::open(file_);
    EXPECT_TRUE(journal) << to_string(journal.error());
    return std::move(*journal);
  }

  fs::path file_;
};

const SeenCase seen = {one_of_each(), "printed \xFF", 12'345};

TEST_F(JournalTest, KeepsWhatWasSeenForTheNextRun) {
  {
    const auto journal = open();
    EXPECT_EQ(journal->kept(), 0u);
    journal->add("a", seen);
    journal->add("b", {});
  }
  const auto journal = open();
  EXPECT_EQ(journal->kept(), 2u);
  const auto found = journal->find("a");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->trace, seen.trace);
  EXPECT_EQ(found->output, seen.output);
  EXPECT_EQ(found->duration_us, seen.duration_us);
  EXPECT_TRUE(journal->find("b"));
  EXPECT_FALSE(journal->find("c"));
  journal->remove();
  EXPECT_FALSE(fs::exists(file_));
}

TEST_F(JournalTest, AHalfWrittenRecordIsCutOffWhereverItEnds) {
  open()->add("a", seen);
  const auto whole = fs::file_size(file_);
  open()->add("b", seen);
  const auto both = fs::file_size(file_);
  for (auto size = both - 1; size >= whole; size -= 7) {
    fs::resize_file(file_, size);
    const auto journal = open();
    EXPECT_EQ(journal->kept(), 1u) << size;
    EXPECT_EQ(fs::file_size(file_), whole);
    journal->add("b", seen);
    EXPECT_EQ(fs::file_size(file_), both);
  }
  EXPECT_EQ(open()->kept(), 2u);
}

TEST_F(JournalTest, ATraceOfAnyLengthIsKept) {
  SeenCase large;
  for (int i = 0; i < 5000; ++i) large.trace.emplace_back(a_read());
  open()->add("a", large);
  EXPECT_EQ(open()->find("a")->trace, large.trace);
}

TEST_F(JournalTest, AnotherFileIsRefusedAndLeftAlone) {
  std::ofstream(file_) << "my thesis";
  const auto journal = Journal::open(file_);
  ASSERT_FALSE(journal);
  EXPECT_EQ(to_string(journal.error()),
            file_.string() +
                ": is no journal of this version of mmio-cts; name another file, or remove it to "
                "begin anew");
  EXPECT_EQ(fs::file_size(file_), 9u);
}

TEST_F(JournalTest, WhatIsNoRegularFileIsRefusedAtOnce) {
  for (const char* file : {"/dev/full", "/dev/zero", "/tmp"}) {
    const auto journal = Journal::open(file);
    ASSERT_FALSE(journal);
    EXPECT_EQ(to_string(journal.error()), std::string(file) + ": is no regular file, as a journal must be");
  }
}

TEST_F(JournalTest, AFolderThatIsNotThereIsToldWithItsName) {
  const auto journal = Journal::open(file_ / "nowhere");
  ASSERT_FALSE(journal);
  EXPECT_EQ(to_string(journal.error()),
            (file_ / "nowhere").string() + ": cannot be written: No such file or directory");
}

}  // namespace
}  // namespace mmio_cts
