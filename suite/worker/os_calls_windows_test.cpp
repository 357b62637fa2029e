#include <gtest/gtest.h>
#include <windows.h>

#include <cstdint>
#include <cstdio>
#include <functional>
#include <string>
#include <thread>

#include "suite/trace/os_call.h"
#include "suite/worker/os_calls.h"

namespace mmio_cts {
namespace {

std::string hex(std::int32_t status) {
  char text[16];
  std::snprintf(text, sizeof text, " %08X", static_cast<unsigned>(status));
  return text;
}

std::string line(const OsCall& call) {
  const std::string name(os_call_names[static_cast<std::size_t>(call.kind)]);
  const auto number = [](std::int64_t value) { return " " + std::to_string(value); };
  return (call.injected ? "injected " : "") + name + (call.name.empty() ? "" : " '" + call.name + "'") +
         " of" + number(call.file) + " at" + number(call.offset) + ":" + number(call.asked) + " ->" +
         number(call.done) + (call.status == 0 ? "" : hex(call.status)) + "\n";
}

/// Files lie in the folder for temporary files.
class OsCallsTest : public testing::Test {
 protected:
  OsCallsTest() {
    char folder[MAX_PATH];
    GetTempPathA(sizeof folder, folder);
    const std::string base = folder + std::string("os-calls-") + std::to_string(GetCurrentProcessId());
    file_ = base + "-a.dat";
    other_ = base + "-b.dat";
    name_ = file_.substr(file_.find_last_of('\\') + 1);
    other_name_ = other_.substr(other_.find_last_of('\\') + 1);
  }
  ~OsCallsTest() override {
    DeleteFileA(file_.c_str());
    DeleteFileA(other_.c_str());
  }

  /// What is seen of `act`, a line for each call.
  std::string seen_of(const std::function<void()>& act) {
    EXPECT_EQ(watch_os_calls(), "");
    record_os_calls();
    act();
    std::string text;
    for (const OsCall& call : take_os_calls().first) text += line(call);
    inject_fault(std::nullopt);
    return text;
  }

  HANDLE open_file(DWORD disposition = CREATE_ALWAYS) const {
    return CreateFileA(file_.c_str(), GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ, nullptr, disposition, 0,
                       nullptr);
  }
  static DWORD write_to(HANDLE file, const char* text) {
    DWORD done = 0;
    return WriteFile(file, text, static_cast<DWORD>(std::string(text).size()), &done, nullptr) ? done : 1000;
  }

  std::string opened() const { return "open '" + name_ + "' of 1 at -1: 0 -> 0\n"; }

  std::string file_, other_, name_, other_name_;
};

TEST_F(OsCallsTest, EachIsSeenWithItsFileOffsetBytesAskedAndDone) {
  EXPECT_EQ(seen_of([&] {
              const HANDLE file = open_file();
              EXPECT_EQ(write_to(file, "abcdef"), 6u);
              OVERLAPPED place = {};
              place.Offset = 100;
              DWORD done = 0;
              EXPECT_TRUE(WriteFile(file, "xy", 2, &done, &place));
              EXPECT_TRUE(FlushFileBuffers(file));
              EXPECT_EQ(SetFilePointer(file, 50, nullptr, FILE_BEGIN), 50u);
              char room[60];
              EXPECT_TRUE(ReadFile(file, room, sizeof room, &done, nullptr));
              EXPECT_EQ(done, 52u);
              EXPECT_EQ(SetFilePointer(file, 3, nullptr, FILE_BEGIN), 3u);
              EXPECT_TRUE(SetEndOfFile(file));
              EXPECT_TRUE(CloseHandle(file));
            }),
            opened() +
                "write of 1 at 0: 6 -> 6\n"
                "write of 1 at 100: 2 -> 2\n"
                "flush of 1 at -1: 0 -> 0\n"
                "seek of 1 at 102: 50 -> 50\n"
                "read of 1 at 50: 60 -> 52\n"
                "seek of 1 at 102: 3 -> 3\n"
                "truncate of 1 at -1: 3 -> 0\n"
                "close of 1 at -1: 0 -> 0\n");
}

TEST_F(OsCallsTest, ErrorsAreSeenAndReachWhoeverCalled) {
  EXPECT_EQ(seen_of([&] {
              EXPECT_EQ(open_file(OPEN_EXISTING), INVALID_HANDLE_VALUE);
              EXPECT_EQ(GetLastError(), DWORD{ERROR_FILE_NOT_FOUND});
            }),
            "open '" + name_ + "' of 0 at -1: 0 -> 0 C0000034\n");
}

TEST_F(OsCallsTest, AFileThatIsRenamedOrDeletedIsNotOpened) {
  const auto kinds_of = [&](const std::function<void()>& act) {
    EXPECT_EQ(watch_os_calls(), "");
    record_os_calls();
    act();
    std::string kinds;
    for (const OsCall& call : take_os_calls().first)
      kinds += std::string(os_call_names[static_cast<std::size_t>(call.kind)]) + " ";
    return kinds;
  };
  CloseHandle(open_file());
  EXPECT_EQ(kinds_of([&] { EXPECT_TRUE(MoveFileA(file_.c_str(), other_.c_str())); }), "rename ");
  EXPECT_EQ(kinds_of([&] { EXPECT_TRUE(DeleteFileA(other_.c_str())); }), "remove ");
}

TEST_F(OsCallsTest, AHandleAndItsDuplicateAreOneFile) {
  EXPECT_EQ(seen_of([&] {
              const HANDLE file = open_file();
              HANDLE copy = nullptr;
              EXPECT_TRUE(DuplicateHandle(GetCurrentProcess(), file, GetCurrentProcess(), &copy, 0, FALSE,
                                          DUPLICATE_SAME_ACCESS));
              CloseHandle(file);
              EXPECT_EQ(write_to(copy, "abc"), 3u);
              CloseHandle(copy);
            }),
            opened() +
                "close of 1 at -1: 0 -> 0\n"
                "write of 1 at 0: 3 -> 3\n"
                "close of 1 at -1: 0 -> 0\n");
}

TEST_F(OsCallsTest, StreamsAndOtherThreadsAreSeenWhenTheyReachTheSystem) {
  EXPECT_EQ(seen_of([&] {
              std::FILE* stream = std::fopen(file_.c_str(), "wb");
              std::fputs("hello", stream);
              std::fputs(", world", stream);
              std::thread([&] { std::fclose(stream); }).join();
            }),
            opened() +
                "write of 1 at 0: 12 -> 12\n"
                "close of 1 at -1: 0 -> 0\n");
}

TEST_F(OsCallsTest, TheNthCallFailsAndIsNotMade) {
  EXPECT_EQ(seen_of([&] {
              const HANDLE file = open_file();
              EXPECT_EQ(inject_fault(Fault{.on = OsCallKind::write, .kind = FaultKind::disk_full, .nth = 2}),
                        "");
              EXPECT_EQ(write_to(file, "abc"), 3u);
              EXPECT_EQ(write_to(file, "def"), 1000u);
              EXPECT_EQ(GetLastError(), DWORD{ERROR_DISK_FULL});
              EXPECT_EQ(write_to(file, "ghi"), 3u);
              CloseHandle(file);
            }),
            opened() +
                "write of 1 at 0: 3 -> 3\n"
                "injected write of 1 at 3: 3 -> 0 C000007F\n"
                "write of 1 at 3: 3 -> 3\n"
                "close of 1 at -1: 0 -> 0\n");
}

TEST_F(OsCallsTest, EachErrorReachesWhoeverCalledAsItsOwn) {
  const auto error_of = [&](OsCallKind on, FaultKind kind, const std::function<bool()>& act) {
    inject_fault(Fault{.on = on, .kind = kind});
    EXPECT_FALSE(act());
    return GetLastError();
  };
  CloseHandle(open_file());
  EXPECT_EQ(watch_os_calls(), "");
  record_os_calls();
  const auto open = [&] { return open_file(OPEN_EXISTING) != INVALID_HANDLE_VALUE; };
  EXPECT_EQ(error_of(OsCallKind::open, FaultKind::access_denied, open), DWORD{ERROR_ACCESS_DENIED});
  EXPECT_EQ(error_of(OsCallKind::open, FaultKind::sharing_violation, open), DWORD{ERROR_SHARING_VIOLATION});
  EXPECT_EQ(error_of(OsCallKind::open, FaultKind::too_many_open_files, open),
            DWORD{ERROR_TOO_MANY_OPEN_FILES});
  EXPECT_EQ(error_of(OsCallKind::open, FaultKind::network_error, open), DWORD{ERROR_NETNAME_DELETED});
  EXPECT_EQ(error_of(OsCallKind::open, FaultKind::io_error, open), DWORD{ERROR_IO_DEVICE});
  EXPECT_EQ(error_of(OsCallKind::rename, FaultKind::access_denied,
                     [&] { return MoveFileA(file_.c_str(), other_.c_str()) != 0; }),
            DWORD{ERROR_ACCESS_DENIED});
  EXPECT_EQ(error_of(OsCallKind::remove, FaultKind::sharing_violation,
                     [&] { return DeleteFileA(file_.c_str()) != 0; }),
            DWORD{ERROR_SHARING_VIOLATION});
  take_os_calls();
  inject_fault(std::nullopt);
  const HANDLE file = open_file(OPEN_EXISTING);
  EXPECT_NE(file, INVALID_HANDLE_VALUE);
  CloseHandle(file);
}

TEST_F(OsCallsTest, AShortTransferIsMadeAndToldAsShort) {
  EXPECT_EQ(seen_of([&] {
              const HANDLE file = open_file();
              inject_fault(Fault{
                  .on = OsCallKind::write, .kind = FaultKind::short_transfer, .lasting = true, .amount = 2});
              EXPECT_EQ(write_to(file, "abc"), 2u);
              EXPECT_EQ(write_to(file, "d"), 1u);
              CloseHandle(file);
            }),
            opened() +
                "injected write of 1 at 0: 3 -> 2\n"
                "write of 1 at 2: 1 -> 1\n"
                "close of 1 at -1: 0 -> 0\n");
}

TEST_F(OsCallsTest, ACloseThatFailsIsMadeAllTheSame) {
  EXPECT_EQ(
      seen_of([&] {
        const HANDLE file = open_file();
        inject_fault(Fault{.on = OsCallKind::close, .kind = FaultKind::io_error});
        EXPECT_FALSE(CloseHandle(file));
        inject_fault(std::nullopt);
        EXPECT_TRUE(DeleteFileA(file_.c_str()));
      }),
      opened() + "injected close of 1 at -1: 0 -> 0 C0000185\nremove '" + name_ + "' of 0 at -1: 0 -> 0\n");
}

TEST_F(OsCallsTest, WhatWindowsDoesNotHaveIsRefused) {
  EXPECT_EQ(inject_fault(Fault{.kind = FaultKind::interrupted}),
            "no call of Windows is interrupted by a signal");
  EXPECT_EQ(inject_fault(Fault{.on = OsCallKind::seek, .kind = FaultKind::io_error}),
            "Windows tells nobody that a seek has failed");
  EXPECT_EQ(inject_fault(std::nullopt), "");
}

TEST_F(OsCallsTest, NothingIsSeenOrFailsWhileNothingIsRecorded) {
  EXPECT_EQ(watch_os_calls(), "");
  record_os_calls();
  take_os_calls();
  inject_fault(Fault{.on = OsCallKind::write, .kind = FaultKind::io_error, .lasting = true});
  const HANDLE file = open_file();
  EXPECT_EQ(write_to(file, "abc"), 3u);
  CloseHandle(file);
  inject_fault(std::nullopt);
  EXPECT_TRUE(take_os_calls().first.empty());
}

TEST_F(OsCallsTest, AMappingOfAFileIsTold) {
  EXPECT_EQ(seen_of([&] {
              const HANDLE file = open_file();
              write_to(file, "abc");
              const HANDLE section = CreateFileMappingA(file, nullptr, PAGE_READONLY, 0, 0, nullptr);
              EXPECT_NE(section, nullptr);
              CloseHandle(section);
              CloseHandle(file);
            }),
            opened() +
                "write of 1 at 0: 3 -> 3\n"
                "map of 1 at -1: 0 -> 0\n"
                "close of 1 at -1: 0 -> 0\n");
}

}  // namespace
}  // namespace mmio_cts
