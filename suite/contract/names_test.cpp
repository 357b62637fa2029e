#include <gtest/gtest.h>

#include "suite/contract/error.h"
#include "suite/contract/error_code.h"
#include "suite/contract/message.h"
#include "suite/contract/mmioinfo_member.h"
#include "suite/contract/mmsystem.h"
#include "suite/contract/open_flags.h"

namespace mmio_cts {
namespace {

TEST(Error, IsOneLineWhateverTheInputPutIntoIt) {
  EXPECT_EQ(to_string(Error{"a.json", "", "not JSON"}), "a.json: not JSON");
  EXPECT_EQ(to_string(Error{"a\nb", "/x\x1B[0m", "'\r' is none"}), "a\\x0ab: /x\\x1b[0m: '\\x0d' is none");
}

TEST(MessageName, GoesBothWays) {
  for (const std::uint32_t number : {0u, 1u, 2u, 3u, 4u, 5u, 6u, 7u, 0x1000u, 0x7FFFu, 0x8000u, 0x8005u, ~0u})
    EXPECT_EQ(message_number(message_name(number)), number);
  EXPECT_EQ(message_name(MMIOM_WRITEFLUSH), "WRITEFLUSH");
  EXPECT_EQ(message_name(MMIOM_USER + 5), "USER+5");
  EXPECT_EQ(message_name(0x1000), "0x1000");
}

TEST(MessageName, RefusesWhatIsNoMessage) {
  for (const char* name :
       {"", "read", "USER", "USER+", "USER+x", "USER+4294967295", "0x", "0x100000000", "7"})
    EXPECT_EQ(message_number(name), std::nullopt) << name;
}

TEST(OpenFlags, HaveTheValuesOfMmsystem) {
  EXPECT_EQ(open_flag_value("CREATE"), MMIO_CREATE);
  EXPECT_EQ(open_flag_value("DELETE"), MMIO_DELETE);
  EXPECT_EQ(open_flag_value("DENYNONE"), MMIO_DENYNONE);
  EXPECT_EQ(open_flag_value("FHOPEN"), MMIO_FHOPEN);
  EXPECT_EQ(open_flag_value("CREAT"), std::nullopt);
}

TEST(OpenFlags, AreDescribedByName) {
  EXPECT_EQ(describe_open_flags(MMIO_CREATE | MMIO_READWRITE), "CREATE|READWRITE");
  EXPECT_EQ(describe_open_flags(MMIO_READ | MMIO_DENYWRITE), "DENYWRITE|READ");
  EXPECT_EQ(describe_open_flags(0), "READ");
  EXPECT_EQ(describe_open_flags(0x800003), "3|0x800000");
}

TEST(ErrorCode, IsDescribedByNameAndNumber) {
  EXPECT_EQ(describe_error_code(259), "259 (MMIOERR_CANNOTOPEN)");
  EXPECT_EQ(describe_error_code(-1), "-1");
  EXPECT_EQ(error_code_value("MMIOERR_INVALIDFILE"), 272);
  EXPECT_EQ(error_code_value("INVALIDFILE"), std::nullopt);
}

TEST(ErrorCode, DocumentedOnesAreMmioerrAndMmsyserr) {
  for (const int code : {1, 5, 7, 11, 257, 272}) EXPECT_TRUE(is_documented_error_code(code)) << code;
  for (const int code : {-1, 0, 22, 256, 273, 0x12345}) EXPECT_FALSE(is_documented_error_code(code)) << code;
}

TEST(MemberTable, IsInTheOrderOfItsEnum) {
  for (std::size_t i = 0; i < guarded_members.size(); ++i)
    EXPECT_EQ(static_cast<std::size_t>(guarded_members[i].member), i);
}

TEST(Error, IsOneLineWithoutItsEmptyParts) {
  EXPECT_EQ(to_string(Error{"a.json", "/steps/1", "no such verb"}), "a.json: /steps/1: no such verb");
  EXPECT_EQ(to_string(Error{"a.dll", "", "not a library"}), "a.dll: not a library");
}

}  // namespace
}  // namespace mmio_cts
