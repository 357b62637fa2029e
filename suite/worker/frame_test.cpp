#include "suite/worker/frame.h"

#include <gtest/gtest.h>

#include "suite/worker/begin_frame.h"

namespace mmio_cts {
namespace {

using nlohmann::json;

/// Gives what was put in, and then ends.
class Recording : public Channel {
 public:
  bool read(std::span<std::uint8_t> bytes) override {
    if (bytes.size() > stored.size() - at_) return false;
    std::copy_n(stored.begin() + static_cast<std::ptrdiff_t>(at_), bytes.size(), bytes.begin());
    at_ += bytes.size();
    return true;
  }
  bool write(std::span<const std::uint8_t> bytes) override {
    stored.insert(stored.end(), bytes.begin(), bytes.end());
    return true;
  }
  bool is_abandoned() const override { return at_ == stored.size(); }

  Bytes stored;

 private:
  std::size_t at_ = 0;
};

const json a_frame = {{"perform", {{3, R"({"send": "SEEK", "offset": -5})"}}}};
const json another_frame = {{"end", true}};

TEST(Frame, ComesOutAsItWentIn) {
  Recording channel;
  write_frame(channel, a_frame);
  write_frame(channel, another_frame);
  EXPECT_EQ(read_frame(channel), a_frame);
  EXPECT_EQ(read_frame(channel), another_frame);
  EXPECT_EQ(read_frame(channel), std::nullopt);
}

TEST(Frame, IsAssembledFromSingleBytes) {
  Bytes bytes = encode_frame(a_frame);
  const Bytes more = encode_frame(another_frame);
  bytes.insert(bytes.end(), more.begin(), more.end());
  FrameAssembler assembler;
  std::vector<json> frames;
  for (const std::uint8_t& byte : bytes) {
    assembler.add({&byte, 1});
    while (auto frame = assembler.next()) frames.push_back(*frame);
  }
  EXPECT_EQ(frames, (std::vector<json>{a_frame, another_frame}));
  EXPECT_FALSE(assembler.broken());
}

TEST(Frame, OneNestedWithoutEndIsNoneAndTakesNoStack) {
  constexpr std::uint32_t levels = 4'000'000;
  constexpr std::uint8_t array_of_one = 0x81;
  Bytes bytes(frame_header_size + levels, array_of_one);
  for (std::size_t i = 0; i < frame_header_size; ++i) bytes[i] = static_cast<std::uint8_t>(levels >> (8 * i));
  FrameAssembler assembler;
  assembler.add(bytes);
  EXPECT_EQ(assembler.next(), std::nullopt);
  EXPECT_TRUE(assembler.broken());
}

TEST(Frame, HasAsManyLevelsAsItMay) {
  const auto nested = [](int levels) {
    json frame = json::array();
    for (int level = 2; level < levels; ++level) frame = json::array({frame, json::array()});
    return json{{"perform", frame}};
  };
  Recording channel;
  write_frame(channel, nested(deepest_frame));
  EXPECT_EQ(read_frame(channel), nested(deepest_frame));
  write_frame(channel, nested(deepest_frame + 1));
  EXPECT_EQ(read_frame(channel), std::nullopt);
}

TEST(Frame, OtherBytesAreNone) {
  const Bytes not_cbor = {2, 0, 0, 0, 0xFF, 0xFF}, no_object = {1, 0, 0, 0, 1}, too_long = {0, 0, 0, 0x70};
  const Bytes large_object = {9, 0, 0, 0, 0xBB, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
  const Bytes large_array = {9, 0, 0, 0, 0x9B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
  for (const Bytes& bytes : {not_cbor, no_object, too_long, large_object, large_array}) {
    FrameAssembler assembler;
    assembler.add(bytes);
    EXPECT_EQ(assembler.next(), std::nullopt);
    EXPECT_TRUE(assembler.broken());
    Recording channel;
    channel.stored = bytes;
    EXPECT_EQ(read_frame(channel), std::nullopt);
  }
}

TEST(BeginFrame, OffersNoOtherChoicesThanThereAre) {
  const json begin = to_json(BeginFrame{"a.so", {}, "", "/scratch"});
  EXPECT_EQ(to_json(begin_frame_from(begin)), begin);
  for (const int none : {-1, 3, 1'000'000}) {
    json wrong = begin;
    wrong["guard"] = none;
    EXPECT_THROW(begin_frame_from(wrong), std::out_of_range) << none;
    wrong = begin;
    wrong["reach"]["kind"] = none;
    EXPECT_THROW(begin_frame_from(wrong), std::out_of_range) << none;
  }
}

}  // namespace
}  // namespace mmio_cts
