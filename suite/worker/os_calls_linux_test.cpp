#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "suite/trace/os_call.h"
#include "suite/worker/os_calls.h"

extern char** environ;

namespace mmio_cts {
namespace {

std::string line(const OsCall& call) {
  const std::string name(os_call_names[static_cast<std::size_t>(call.kind)]);
  const auto number = [](std::int64_t value) { return " " + std::to_string(value); };
  return (call.injected ? "injected " : "") + name + (call.name.empty() ? "" : " '" + call.name + "'") +
         " of" + number(call.file) + " at" + number(call.offset) + ":" + number(call.asked) + " ->" +
         number(call.done) + (call.status == 0 ? "" : std::string(" ") + strerrorname_np(call.status)) + "\n";
}

/// What is seen of `act`, a line for each call, in a process of its own: it is watched for good. Otherwise
/// how that ended, or that an expectation failed there.
std::string seen_of(const std::function<void()>& act) {
  int ends[2];
  if (pipe(ends) != 0) return "no pipe";
  const pid_t child = fork();
  if (child == 0) {
    std::string text = watch_os_calls();
    if (text.empty()) {
      record_os_calls();
      act();
      for (const OsCall& call : take_os_calls().first) text += line(call);
    }
    const ssize_t written = write(ends[1], text.data(), text.size());
    _exit(written == static_cast<ssize_t>(text.size()) && !testing::Test::HasFailure() ? 0 : 1);
  }
  close(ends[1]);
  std::string text;
  char part[4096];
  for (ssize_t count; (count = read(ends[0], part, sizeof part)) > 0;)
    text.append(part, static_cast<std::size_t>(count));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) return std::string("ended by a signal: ") + strsignal(WTERMSIG(status));
  return WEXITSTATUS(status) == 0 ? text : text + "and an expectation failed";
}

class OsCallsTest : public testing::Test {
 protected:
  OsCallsTest() {
    folder_ = std::filesystem::temp_directory_path() / ("os-calls-test-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
    file_ = folder_ / "a.dat";
  }
  ~OsCallsTest() override { std::filesystem::remove_all(folder_); }

  int open_file() const { return open(file_.c_str(), O_RDWR | O_CREAT, 0600); }

  std::filesystem::path folder_;
  std::string file_;
};

TEST_F(OsCallsTest, EachIsSeenWithItsFileOffsetBytesAskedAndDone) {
  EXPECT_EQ(seen_of([&] {
              const int file = open_file();
              EXPECT_EQ(write(file, "abcdef", 6), 6);
              EXPECT_EQ(pwrite(file, "xy", 2, 100), 2);
              EXPECT_EQ(fsync(file), 0);
              EXPECT_EQ(lseek(file, -2, SEEK_END), 100);
              char room[50];
              EXPECT_EQ(read(file, room, sizeof room), 2);
              EXPECT_EQ(ftruncate(file, 3), 0);
              EXPECT_EQ(close(file), 0);
            }),
            "open 'a.dat' of 1 at -1: 0 -> 0\n"
            "write of 1 at 0: 6 -> 6\n"
            "write of 1 at 100: 2 -> 2\n"
            "flush of 1 at -1: 0 -> 0\n"
            "seek of 1 at 6: -2 -> 100\n"
            "read of 1 at 100: 50 -> 2\n"
            "truncate of 1 at -1: 3 -> 0\n"
            "close of 1 at -1: 0 -> 0\n");
}

TEST_F(OsCallsTest, ErrorsAreSeenAndReachWhoeverCalled) {
  EXPECT_EQ(seen_of([&] {
              EXPECT_EQ(open((folder_ / "none" / "b.dat").c_str(), O_RDONLY), -1);
              EXPECT_EQ(errno, ENOENT);
              const int full = open("/dev/full", O_WRONLY);
              EXPECT_EQ(write(full, "abc", 3), -1);
              EXPECT_EQ(errno, ENOSPC);
              EXPECT_EQ(rename(file_.c_str(), "/none"), -1);
              constexpr long no_memory = 8;
              EXPECT_EQ(syscall(SYS_open, no_memory, O_RDONLY), -1);
              EXPECT_EQ(errno, EFAULT);
            }),
            "open 'b.dat' of 0 at -1: 0 -> 0 ENOENT\n"
            "open 'full' of 1 at -1: 0 -> 0\n"
            "write of 1 at 0: 3 -> 0 ENOSPC\n"
            "rename 'a.dat' of 0 at -1: 0 -> 0 ENOENT\n"
            "open of 0 at -1: 0 -> 0 EFAULT\n");
}

TEST_F(OsCallsTest, ADescriptorAndItsDuplicateAreOneFile) {
  EXPECT_EQ(seen_of([&] {
              const int file = open_file();
              const int other = dup(file);
              close(file);
              EXPECT_EQ(write(other, "abc", 3), 3);
              EXPECT_EQ(open_file(), file);
            }),
            "open 'a.dat' of 1 at -1: 0 -> 0\n"
            "close of 1 at -1: 0 -> 0\n"
            "write of 1 at 0: 3 -> 3\n"
            "open 'a.dat' of 2 at -1: 0 -> 0\n");
}

TEST_F(OsCallsTest, ThoseOfTheCLibrarysStreamsAreSeenWhenTheyReachTheSystem) {
  EXPECT_EQ(seen_of([&] {
              std::FILE* stream = std::fopen(file_.c_str(), "w");
              std::fputs("hello", stream);
              std::fputs(", world", stream);
              std::fclose(stream);
            }),
            "open 'a.dat' of 1 at -1: 0 -> 0\n"
            "write of 1 at 0: 12 -> 12\n"
            "close of 1 at -1: 0 -> 0\n");
}

TEST_F(OsCallsTest, OtherThreadsAndForkedProcessesAreSeenToo) {
  EXPECT_EQ(seen_of([&] {
              const int file = open_file();
              std::thread([&] { EXPECT_EQ(write(file, "abc", 3), 3); }).join();
              if (fork() == 0) {
                EXPECT_EQ(write(file, "defg", 4), 4);
                _exit(0);
              }
              wait(nullptr);
            }),
            "open 'a.dat' of 1 at -1: 0 -> 0\n"
            "write of 1 at 0: 3 -> 3\n"
            "write of 1 at 3: 4 -> 4\n");
}

TEST_F(OsCallsTest, AnotherProgramGoesFreeOfIt) {
  EXPECT_EQ(seen_of([&] {
              std::string program = "/bin/cat", argument = "/dev/null";
              char* arguments[] = {program.data(), argument.data(), nullptr};
              pid_t child = 0;
              int status = -1;
              EXPECT_EQ(posix_spawn(&child, program.c_str(), nullptr, nullptr, arguments, environ), 0);
              waitpid(child, &status, 0);
              EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
            }),
            "exec of 0 at -1: 0 -> 0\n");
}

TEST_F(OsCallsTest, WhoeverBlocksOrTakesTheSignalIsStillSeenAndFindsHisMask) {
  EXPECT_EQ(seen_of([&] {
              sigset_t all, before;
              sigfillset(&all);
              EXPECT_EQ(sigprocmask(SIG_SETMASK, &all, &before), 0);
              EXPECT_FALSE(sigismember(&before, SIGTERM));
              struct sigaction own = {};
              own.sa_handler = SIG_DFL;
              EXPECT_EQ(sigaction(SIGSYS, &own, nullptr), 0);
              close(open_file());
              EXPECT_EQ(sigprocmask(SIG_SETMASK, &before, &all), 0);
              EXPECT_TRUE(sigismember(&all, SIGTERM));
            }),
            "open 'a.dat' of 1 at -1: 0 -> 0\n"
            "close of 1 at -1: 0 -> 0\n");
}

TEST_F(OsCallsTest, AHandlerThatBlocksAllMayUseFiles) {
  static int file;
  EXPECT_EQ(seen_of([&] {
              file = open_file();
              struct sigaction action = {};
              action.sa_handler = [](int) { EXPECT_EQ(write(file, "a", 1), 1); };
              sigfillset(&action.sa_mask);
              sigaction(SIGUSR1, &action, nullptr);
              raise(SIGUSR1);
            }),
            "open 'a.dat' of 1 at -1: 0 -> 0\n"
            "write of 1 at 0: 1 -> 1\n");
}

TEST_F(OsCallsTest, OnlyWhatIsMadeWhileItIsRecordedIsTold) {
  EXPECT_EQ(seen_of([&] {
              take_os_calls();
              const int file = open_file();
              record_os_calls();
              close(file);
            }),
            "close of 0 at -1: 0 -> 0\n");
}

TEST_F(OsCallsTest, AFaultFailsTheNthCallOfItsKindWithoutMakingIt) {
  EXPECT_EQ(seen_of([&] {
              const int file = open_file();
              inject_fault(Fault{.on = OsCallKind::write, .kind = FaultKind::disk_full, .nth = 2});
              EXPECT_EQ(write(file, "abc", 3), 3);
              EXPECT_EQ(write(file, "def", 3), -1);
              EXPECT_EQ(errno, ENOSPC);
              EXPECT_EQ(write(file, "ghi", 3), 3);
              char room[10];
              EXPECT_EQ(pread(file, room, sizeof room, 0), 6);
            }),
            "open 'a.dat' of 1 at -1: 0 -> 0\n"
            "write of 1 at 0: 3 -> 3\n"
            "injected write of 1 at 3: 3 -> 0 ENOSPC\n"
            "write of 1 at 3: 3 -> 3\n"
            "read of 1 at 0: 10 -> 6\n");
}

TEST_F(OsCallsTest, ALastingFaultHoldsUntilThereIsNoneAndSparesWhatIsNoFileOfTheMessages) {
  EXPECT_EQ(seen_of([&] {
              take_os_calls();
              const int other = open("/dev/null", O_WRONLY);
              record_os_calls();
              const int file = open_file();
              inject_fault(Fault{.on = OsCallKind::write, .kind = FaultKind::io_error, .lasting = true});
              EXPECT_EQ(write(other, "abc", 3), 3);
              for (int i = 0; i < 2; ++i) EXPECT_EQ(write(file, "abc", 3), -1);
              inject_fault(std::nullopt);
              EXPECT_EQ(write(file, "abc", 3), 3);
            }),
            "open 'a.dat' of 1 at -1: 0 -> 0\n"
            "write of 0 at 0: 3 -> 3\n"
            "injected write of 1 at 0: 3 -> 0 EIO\n"
            "injected write of 1 at 0: 3 -> 0 EIO\n"
            "write of 1 at 0: 3 -> 3\n");
}

TEST_F(OsCallsTest, ALastingFaultOutlastsWhatCanBeRecorded) {
  EXPECT_EQ(seen_of([&] {
              const int file = open_file();
              inject_fault(Fault{.on = OsCallKind::write, .kind = FaultKind::io_error, .lasting = true});
              for (std::size_t i = 0; i < most_os_calls + 10; ++i) EXPECT_EQ(write(file, "a", 1), -1);
              EXPECT_EQ(take_os_calls().second, 11u);
              record_os_calls();
            }),
            "");
}

TEST_F(OsCallsTest, AShortTransferIsMadeAndToldAsShort) {
  EXPECT_EQ(seen_of([&] {
              const int file = open_file();
              inject_fault(Fault{
                  .on = OsCallKind::write, .kind = FaultKind::short_transfer, .lasting = true, .amount = 2});
              EXPECT_EQ(write(file, "abc", 3), 2);
              EXPECT_EQ(write(file, "d", 1), 1);
              char parts[] = "efgh";
              const iovec both[] = {{parts, 3}, {parts + 3, 1}};
              EXPECT_EQ(writev(file, both, 2), 2);
              char room[10];
              EXPECT_EQ(pread(file, room, sizeof room, 0), 5);
              EXPECT_EQ(std::string(room, 5), "abdef");
            }),
            "open 'a.dat' of 1 at -1: 0 -> 0\n"
            "injected write of 1 at 0: 3 -> 2\n"
            "write of 1 at 2: 1 -> 1\n"
            "injected write of 1 at 3: 4 -> 2\n"
            "read of 1 at 0: 10 -> 5\n");
}

TEST_F(OsCallsTest, WhatIsShortAnywayIsNotTheOneThatIsToBeMadeSo) {
  EXPECT_EQ(seen_of([&] {
              const int file = open_file();
              inject_fault(
                  Fault{.on = OsCallKind::write, .kind = FaultKind::short_transfer, .nth = 2, .amount = 3});
              for (const int size : {4, 3, 2, 5, 4})
                EXPECT_EQ(write(file, "abcde", size), size == 5 ? 3 : size);
            }),
            "open 'a.dat' of 1 at -1: 0 -> 0\n"
            "write of 1 at 0: 4 -> 4\n"
            "write of 1 at 4: 3 -> 3\n"
            "write of 1 at 7: 2 -> 2\n"
            "injected write of 1 at 9: 5 -> 3\n"
            "write of 1 at 12: 4 -> 4\n");
}

TEST_F(OsCallsTest, ACloseThatFailsIsMadeAllTheSame) {
  EXPECT_EQ(seen_of([&] {
              const int file = open_file();
              inject_fault(Fault{.on = OsCallKind::close, .kind = FaultKind::io_error});
              EXPECT_EQ(close(file), -1);
              EXPECT_EQ(errno, EIO);
              EXPECT_EQ(fcntl(file, F_GETFD), -1);
            }),
            "open 'a.dat' of 1 at -1: 0 -> 0\n"
            "injected close of 1 at -1: 0 -> 0 EIO\n");
}

TEST_F(OsCallsTest, WhoHandsOnABadAddressUnderAFaultLives) {
  EXPECT_EQ(seen_of([&] {
              constexpr long no_memory = 8;
              inject_fault(Fault{.on = OsCallKind::open, .kind = FaultKind::io_error});
              EXPECT_EQ(syscall(SYS_open, no_memory, O_RDONLY), -1);
              EXPECT_EQ(errno, EIO);
            }),
            "injected open of 0 at -1: 0 -> 0 EIO\n");
}

TEST_F(OsCallsTest, ADelayTakesItsTimeAndIsNoError) {
  EXPECT_EQ(seen_of([&] {
              const int file = open_file();
              inject_fault(Fault{.on = OsCallKind::flush, .kind = FaultKind::delay, .amount = 30});
              const auto start = std::chrono::steady_clock::now();
              EXPECT_EQ(fsync(file), 0);
              EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(30));
            }),
            "open 'a.dat' of 1 at -1: 0 -> 0\n"
            "injected flush of 1 at -1: 0 -> 0\n");
}

TEST_F(OsCallsTest, AMappingOfAFileIsToldOneOfNoFileIsNot) {
  EXPECT_EQ(seen_of([&] {
              const int file = open_file();
              EXPECT_NE(mmap(nullptr, 4096, PROT_READ, MAP_SHARED, file, 0), MAP_FAILED);
              EXPECT_NE(mmap(nullptr, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), MAP_FAILED);
            }),
            "open 'a.dat' of 1 at -1: 0 -> 0\n"
            "map of 1 at 0: 4096 -> 0\n");
}

}  // namespace
}  // namespace mmio_cts
