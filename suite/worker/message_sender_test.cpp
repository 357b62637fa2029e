#include "suite/worker/message_sender.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <set>
#include <thread>

#include "suite/contract/message.h"

namespace mmio_cts {
namespace {

/// What a procedure was sent; the procedures of these tests keep it here.
struct Received {
  MMIOINFO* address;
  MMIOINFO info;
  UINT message;
  LPARAM param1, param2;
  std::thread::id thread;
};
std::vector<Received> received;

/// MMIOINFO is packed: a reference into it may be misaligned.
HMMIO handle_in(const Received& one) { return one.info.hmmio; }

void keep(LPSTR info, UINT message, LPARAM param1, LPARAM param2) {
  auto* address = reinterpret_cast<MMIOINFO*>(info);
  received.push_back({address, *address, message, param1, param2, std::this_thread::get_id()});
}

LRESULT CALLBACK keeping_proc(LPSTR info, UINT message, LPARAM param1, LPARAM param2) {
  keep(info, message, param1, param2);
  return 0;
}

LRESULT CALLBACK failing_proc(LPSTR, UINT, LPARAM, LPARAM) { return -1; }

/// 250 bytes of the ramp, correctly.
LRESULT CALLBACK short_file_proc(LPSTR info, UINT message, LPARAM param1, LPARAM param2) {
  auto& offset = reinterpret_cast<MMIOINFO*>(info)->lDiskOffset;
  if (message != MMIOM_READ) return 0;
  const Bytes bytes = ramp(std::min<LPARAM>(param2, 250 - offset), offset);
  std::copy(bytes.begin(), bytes.end(), reinterpret_cast<std::uint8_t*>(param1));
  offset += static_cast<LONG>(bytes.size());
  return static_cast<LRESULT>(bytes.size());
}

/// Answers 4, and writes where it likes: the index and how many bytes are the test's.
std::ptrdiff_t scribble_at = 0;
std::size_t scribble_size = 0;
LRESULT CALLBACK scribbling_proc(LPSTR, UINT, LPARAM param1, LPARAM) {
  std::memset(reinterpret_cast<char*>(param1) + scribble_at, 'x', scribble_size);
  return 4;
}

/// Keeps lParam1 of any other message, and looks there at SEEK.
const std::uint8_t* kept_pointer = nullptr;
Bytes kept_at_next_seek;
LRESULT CALLBACK pointer_keeping_proc(LPSTR, UINT message, LPARAM param1, LPARAM) {
  if (message == MMIOM_SEEK)
    kept_at_next_seek.assign(kept_pointer, kept_pointer + 8);
  else
    kept_pointer = reinterpret_cast<const std::uint8_t*>(param1);
  return 0;
}

LRESULT CALLBACK member_changing_proc(LPSTR info, UINT, LPARAM, LPARAM) {
  auto& changed = *reinterpret_cast<MMIOINFO*>(info);
  changed.lDiskOffset = 7;
  changed.adwInfo[2] = 1;
  changed.dwFlags |= 0x10000000;
  changed.cchBuffer = -1;
  changed.pchNext = reinterpret_cast<char*>(1);
  changed.dwReserved2 = 5;
  return 0;
}

LRESULT CALLBACK wide_info_proc(LPSTR info, UINT, LPARAM, LPARAM) {
  info[sizeof(MMIOINFO) + 3] = 0;
  return 0;
}

class MessageSenderTest : public testing::Test {
 protected:
  MessageSenderTest() : memory_(1 << 20) { received.clear(); }

  static Send a(std::uint32_t message, std::int64_t count = 0) {
    Send send;
    send.message = message;
    send.count = count;
    return send;
  }
  static Send a_write(std::string_view text) {
    Send send = a(message::write, static_cast<std::int64_t>(text.size()));
    send.data.assign(text.begin(), text.end());
    return send;
  }

  /// A sender to `procedure`, with a trace of its own in `memory`.
  struct Sending {
    Sending(LPMMIOPROC procedure, std::vector<std::byte>& memory)
        : trace(emptied(memory)), sender(procedure, none, Guard::none, trace) {}

    /// OPEN of `file` by any name.
    bool open(std::uint32_t step, const std::string& file = "file") {
      Send open = a(message::open);
      open.name = "a";
      open.file = file;
      return sender.send(step, open);
    }

    static std::span<std::byte> emptied(std::vector<std::byte>& memory) {
      TraceWriter(memory).reset();
      return memory;
    }

    CaseTrace trace;
    LoadedAdapter none;
    MessageSender sender;
  };

  std::vector<MessageObservation> send(LPMMIOPROC procedure, const std::vector<Send>& sends) {
    Sending one(procedure, memory_);
    std::uint32_t step = 0;
    for (const Send& send : sends) one.sender.send(step++, send);
    std::vector<MessageObservation> seen;
    for (const Observation& record : read_trace(memory_).records)
      seen.push_back(std::get<MessageObservation>(record));
    return seen;
  }
  MessageObservation send_one(LPMMIOPROC procedure, const Send& one) { return send(procedure, {one}).at(0); }

  MessageObservation scribble(std::ptrdiff_t at, std::size_t size, const Send& one) {
    scribble_at = at;
    scribble_size = size;
    return send_one(scribbling_proc, one);
  }

  std::vector<std::byte> memory_;
};

LRESULT CALLBACK idle_proc(LPSTR, UINT, LPARAM, LPARAM) { return 0; }

/// The address of MMIOINFO at the last message.
LPSTR last_info = nullptr;
LRESULT CALLBACK noting_proc(LPSTR info, UINT, LPARAM, LPARAM) {
  last_info = info;
  return 0;
}

TEST_F(MessageSenderTest, TheSuiteItselfHoldsNoMoreFromStockToStock) {
  Sending one(idle_proc, memory_);
  constexpr int rounds = most_opens_with_stock;
  StockObservation before;
  for (std::uint32_t taken = 0; taken < 6; ++taken) {
    for (int i = 0; i < rounds; ++i) {
      one.open(0);
      one.sender.send(0, a(message::close));
    }
    TraceWriter(memory_).reset();
    one.trace.go_on();
    ASSERT_TRUE(one.sender.take_stock(taken));
    const auto stock = std::get<StockObservation>(read_trace(memory_).records.at(0));
    if (taken > 1) {
      EXPECT_EQ(stock.handles, before.handles);
      EXPECT_EQ(stock.threads, before.threads);
      EXPECT_LT(stock.heap - before.heap, 8 * rounds) << "less than a leak";
      EXPECT_LT(stock.mapped - before.mapped, 4096 * rounds);
    }
    before = stock;
  }
}

TEST_F(MessageSenderTest, AFileThatIsOpenAcrossAStockTakingKeepsItsInfo) {
  Sending one(noting_proc, memory_);
  one.open(0);
  const LPSTR opened = last_info;
  one.sender.take_stock(1);
  one.open(2, "other");
  EXPECT_NE(last_info, opened);
  one.sender.send(3, a(message::seek));
  EXPECT_EQ(last_info, opened);
}

/// Answers how many are at work at the same moment: waits for the other one for a while.
LRESULT CALLBACK meeting_proc(LPSTR info, UINT message, LPARAM to, LPARAM) {
  static std::atomic<int> inside = 0;
  if (message != MMIOM_READ) return 0;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  ++inside;
  while (inside < 2 && std::chrono::steady_clock::now() < end) {
  }
  const int met = inside;
  *reinterpret_cast<char*>(to) = '+';
  reinterpret_cast<MMIOINFO*>(info)->lDiskOffset += met;
  return met;
}

TEST_F(MessageSenderTest, TwoMessagesAreAtWorkAtTheSameMoment) {
  Sending one(meeting_proc, memory_);
  ASSERT_TRUE(one.open(0));
  ASSERT_TRUE(one.open(1, "b"));
  Send first = a(message::read);
  first.count = 3;
  Send second = first;
  second.file = "b";
  ASSERT_TRUE(one.sender.send_at_once(2, first, second));
  const auto records = read_trace(memory_).records;
  ASSERT_EQ(records.size(), 4u);
  for (const std::uint32_t step : {2u, 3u}) {
    const auto& seen = std::get<MessageObservation>(records[step]);
    EXPECT_EQ(seen.step, step);
    EXPECT_EQ(seen.result, 2);
    EXPECT_EQ(seen.disk_offset_before, 0);
    EXPECT_EQ(seen.disk_offset_after, 2);
    EXPECT_EQ(seen.data, (Bytes{'+', GuardedBuffer::fill}));
    EXPECT_EQ(seen.overrun, 0);
  }
}

LRESULT CALLBACK refusing_proc(LPSTR, UINT message, LPARAM, LPARAM) { return message == MMIOM_OPEN; }

TEST_F(MessageSenderTest, ToAFileThatWasRefusedNothingIsSentAtOnceEither) {
  Sending one(refusing_proc, memory_);
  one.open(0, "b");
  Send second = a(message::seek);
  second.file = "b";
  ASSERT_TRUE(one.sender.send_at_once(1, a(message::seek), second));
  const auto records = read_trace(memory_).records;
  ASSERT_EQ(records.size(), 3u);
  EXPECT_TRUE(std::holds_alternative<MessageObservation>(records[1]));
  EXPECT_TRUE(std::holds_alternative<NotSentObservation>(records[2]));
}

std::string closed_files;
LRESULT CALLBACK closing_proc(LPSTR info, UINT message, LPARAM, LPARAM) {
  const DWORD number = reinterpret_cast<MMIOINFO*>(info)->adwInfo[0];
  if (message == MMIOM_CLOSE) closed_files += std::to_string(number) + " ";
  return message == MMIOM_OPEN && number == 3;
}

TEST_F(MessageSenderTest, WhatACaseLeavesOpenIsClosed) {
  Sending one(closing_proc, memory_);
  for (std::uint32_t number = 1; number <= 4; ++number) {
    Send open = a(message::open);
    open.name = "a";
    open.file = std::to_string(number);
    open.info[0] = number;
    if (number == 4) open.flags = MMIO_DELETE;
    one.sender.send(number, open);
  }
  Send close = a(message::close);
  close.file = "1";
  one.sender.send(5, close);
  closed_files.clear();
  one.sender.close_what_is_open();
  one.sender.close_what_is_open();
  EXPECT_EQ(closed_files, "2 ") << "1 is closed already, 3 was refused, and 4 was deleted";
}

TEST_F(MessageSenderTest, OpenGivesWhatAManagerWould) {
  Send open = a(message::open);
  open.name = "some name";
  open.flags = 0x1002;
  open.info = {1, 2, 3};
  open.param2 = 99;
  send_one(keeping_proc, open);
  const Received& got = received.at(0);
  MMIOINFO expected = {};
  expected.dwFlags = 0x1002;
  expected.fccIOProc = 0x20535443;
  std::copy(open.info.begin(), open.info.end(), expected.adwInfo);
  expected.hmmio = got.info.hmmio;
  EXPECT_EQ(std::memcmp(&got.info, &expected, sizeof expected), 0);
  EXPECT_NE(handle_in(got), nullptr);
  EXPECT_EQ(got.message, MMIOM_OPEN);
  EXPECT_EQ(got.param2, 99);
  if constexpr (sizeof(void*) == 8) {
    EXPECT_GT(static_cast<std::uint64_t>(got.param1), std::uint64_t{1} << 32);
    EXPECT_GT(reinterpret_cast<std::uint64_t>(got.address), std::uint64_t{1} << 32);
  }
}

TEST_F(MessageSenderTest, OpenGivesTheProcedureAndTheHandleThatACaseAsksFor) {
  Send open = a(message::open);
  open.procedure_is_set = true;
  open.handle = -2;
  send_one(keeping_proc, open);
  EXPECT_EQ(received.at(0).info.pIOProc, keeping_proc);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(received.at(0).info.hmmio), static_cast<std::uintptr_t>(-2));
}

TEST_F(MessageSenderTest, AnotherThreadSendsOnlyWhatACaseAsksItTo) {
  Send seek = a(message::seek);
  seek.thread = SentFrom::other;
  const auto seen = send(keeping_proc, {a(message::open), seek, a(message::close)});
  EXPECT_EQ(seen.size(), 3u);
  ASSERT_EQ(received.size(), 3u);
  EXPECT_EQ(received[0].thread, std::this_thread::get_id());
  EXPECT_NE(received[1].thread, std::this_thread::get_id());
  EXPECT_EQ(received[1].address, received[0].address);
  EXPECT_EQ(received[2].thread, std::this_thread::get_id());
}

TEST_F(MessageSenderTest, WhatAPointerKeptPointsToIsSpoilt) {
  Send open = a(message::open);
  open.name = "some name";
  for (const Send& one : {open, a_write("0123456789"), a(message::read, 10)}) {
    kept_at_next_seek.clear();
    send(pointer_keeping_proc, {one, a(message::seek)});
    ASSERT_EQ(kept_at_next_seek.size(), 8u);
    EXPECT_TRUE(is_spoilt(kept_at_next_seek, 0)) << one.message;
  }
}

TEST_F(MessageSenderTest, AMissingNameIsNull) {
  send_one(keeping_proc, a(message::open));
  EXPECT_EQ(received.at(0).param1, 0);
}

TEST_F(MessageSenderTest, EachFileHasItsOwnInfoAndEachOpenANewOne) {
  Send first = a(message::open), second = a(message::open), close = a(message::close);
  first.file = close.file = "a";
  close.flags = MMIO_FHOPEN;
  second.file = "b";
  send(keeping_proc, {first, second, close, first, a(message::read)});
  ASSERT_EQ(received.size(), 5u);
  EXPECT_EQ(received[2].address, received[0].address);
  EXPECT_EQ(handle_in(received[2]), handle_in(received[0]));
  EXPECT_EQ(received[2].param1, MMIO_FHOPEN);
  std::set<MMIOINFO*> addresses;
  std::set<HMMIO> handles;
  for (const int i : {0, 1, 3, 4}) {
    addresses.insert(received[i].address);
    handles.insert(handle_in(received[i]));
  }
  EXPECT_EQ(addresses.size(), 4u);
  EXPECT_EQ(handles.size(), 4u);
  EXPECT_EQ(handle_in(received[4]), nullptr) << "never opened";
}

TEST_F(MessageSenderTest, OtherMessagesPassTheirParametersOn) {
  Send seek = a(message::seek), rename = a(message::rename), other = a(0x8005);
  seek.offset = -5;
  seek.origin = 2;
  rename.name = "old";
  rename.new_name = "new";
  other.param1 = -1;
  other.param2 = 0x1234;
  send(keeping_proc, {seek, rename, other, a(message::read, -3)});
  EXPECT_EQ(received[0].param1, -5);
  EXPECT_EQ(received[0].param2, 2);
  EXPECT_NE(received[1].param1, 0);
  EXPECT_NE(received[1].param1, received[1].param2);
  EXPECT_EQ(received[2].message, 0x8005u);
  EXPECT_EQ(received[2].param1, -1);
  EXPECT_EQ(received[2].param2, 0x1234);
  EXPECT_NE(received[3].param1, 0) << "a negative count comes with a valid buffer";
  EXPECT_EQ(received[3].param2, -3);
}

TEST_F(MessageSenderTest, AnErrorIsMinusOneOnEveryAbi) {
  const auto seen = send_one(failing_proc, a(message::read, 10));
  EXPECT_EQ(seen.result, -1);
  EXPECT_TRUE(seen.data.empty());
}

TEST_F(MessageSenderTest, ReadingToTheEndIsOneObservationForEachCall) {
  Send read = a(message::read, 100);
  read.until_end = true;
  const auto seen = send(short_file_proc, {read});
  ASSERT_EQ(seen.size(), 4u);
  EXPECT_EQ(seen[0].data, ramp(100));
  EXPECT_EQ(seen[2].data, ramp(50, 200));
  EXPECT_EQ(seen[2].disk_offset_before, 200);
  EXPECT_EQ(seen[2].disk_offset_after, 250);
  EXPECT_EQ(seen[3].result, 0);
  for (const auto& one : seen) EXPECT_EQ(one.tail_changed, -1);
}

TEST_F(MessageSenderTest, SeesWhatReadChangedBehindItsResult) {
  const Send read = a(message::read, 10);
  EXPECT_EQ(scribble(0, 4, read).tail_changed, -1);
  EXPECT_EQ(scribble(0, 4, read).data, (Bytes{'x', 'x', 'x', 'x'}));
  EXPECT_EQ(scribble(0, 5, read).tail_changed, 4);
  EXPECT_EQ(scribble(9, 1, read).tail_changed, 9);
}

TEST_F(MessageSenderTest, SeesWhatLiesOutsideTheBuffer) {
  const Send read = a(message::read, 10);
  EXPECT_EQ(scribble(0, 10, read).overrun, 0);
  EXPECT_EQ(scribble(0, 13, read).overrun, 3);
  EXPECT_EQ(scribble(-2, 2, read).overrun, -2);
  EXPECT_EQ(scribble(10, 64, a_write("0123456789")).overrun, 64);
  EXPECT_EQ(scribble(0, 5, a(message::read, 4)).data.size(), 4u) << "a result beyond count";
  EXPECT_EQ(send_one(wide_info_proc, a(message::seek)).info_overrun, 4) << "behind MMIOINFO";
}

TEST_F(MessageSenderTest, SeesThatTheSourceOfAWriteChanged) {
  EXPECT_FALSE(scribble(0, 0, a_write("0123456789")).source_changed);
  EXPECT_TRUE(scribble(9, 1, a_write("0123456789")).source_changed);
}

TEST_F(MessageSenderTest, ListsMembersThatAreNotTheProceduresOwn) {
  const auto seen = send_one(member_changing_proc, a(message::open));
  EXPECT_EQ(seen.disk_offset_before, 0);
  EXPECT_EQ(seen.disk_offset_after, 7);
  EXPECT_EQ(seen.changes, (std::vector<MemberChange>{{Member::flags, 0, 0x10000000},
                                                     {Member::buffer_size, 0, 0xFFFFFFFF},
                                                     {Member::next, 0, 1},
                                                     {Member::reserved2, 0, 5}}));
}

TEST_F(MessageSenderTest, ChangedMembersKnowsEveryOne) {
  const MMIOINFO before = {};
  MMIOINFO after;
  std::memset(&after, 0x11, sizeof after);
  const auto changes = changed_members(before, after);
  ASSERT_EQ(changes.size(), guarded_members.size());
  for (std::size_t i = 0; i < changes.size(); ++i) EXPECT_EQ(changes[i].member, guarded_members[i].member);
}

}  // namespace
}  // namespace mmio_cts
