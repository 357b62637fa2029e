// Bytes as a process on the other side of the pipe may write them, and what is read from the frames in them.
#include <algorithm>
#include <stdexcept>

#include "suite/contract/check_for_fuzz.h"
#include "suite/script/json_mutation_for_fuzz.h"
#include "suite/script/schema.h"
#include "suite/script/step_reader.h"
#include "suite/worker/begin_frame.h"
#include "suite/worker/frame.h"

using namespace mmio_cts;
using nlohmann::json;

namespace {

/// Gives the bytes and then ends.
class Given : public Channel {
 public:
  explicit Given(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  bool read(std::span<std::uint8_t> bytes) override {
    if (bytes.size() > bytes_.size()) return false;
    std::copy_n(bytes_.begin(), bytes.size(), bytes.begin());
    bytes_ = bytes_.subspan(bytes.size());
    return true;
  }
  bool write(std::span<const std::uint8_t>) override { return false; }
  bool is_abandoned() const override { return bytes_.empty(); }

 private:
  std::span<const std::uint8_t> bytes_;
};

std::vector<json> assembled(std::span<const std::uint8_t> bytes, std::size_t portion) {
  FrameAssembler assembler;
  std::vector<json> frames;
  while (!bytes.empty()) {
    assembler.add(bytes.first(std::min(portion, bytes.size())));
    bytes = bytes.subspan(std::min(portion, bytes.size()));
    while (auto frame = assembler.next()) frames.push_back(std::move(*frame));
  }
  return frames;
}

void check_begin(const json& content) try {
  const BeginFrame begin = begin_frame_from(content);
  require(begin.reach.kind <= Reach::Kind::installed, "a way to the procedure is one that there is");
  require(begin.guard <= Guard::before, "a guard is one that there is");
  require(to_json(begin_frame_from(to_json(begin))) == to_json(begin), "what was told is told again");
} catch (const json::exception&) {
} catch (const std::out_of_range&) {
}

void check_steps(const json& steps) {
  for (const json& step : steps) try {
      step.at(0).get<std::uint32_t>();
      const json document = json::parse(step.at(1).get_ref<const std::string&>());
      require(!describe(read_step(document)).empty(), "a step can be described");
    } catch (const json::exception&) {
    } catch (const std::invalid_argument&) {
    }
}

/// By their bytes: a number that is none does not equal itself.
bool is_the_same(const json& one, const json& other) { return json::to_cbor(one) == json::to_cbor(other); }

bool are_the_same(const std::vector<json>& frames, const std::vector<json>& others) {
  return std::equal(frames.begin(), frames.end(), others.begin(), others.end(), is_the_same);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span bytes(data, size);
  const std::vector<json> frames = assembled(bytes, std::max<std::size_t>(size, 1));
  require(are_the_same(assembled(bytes, 7), frames), "portions make no difference");
  Given channel(bytes);
  for (const json& frame : frames) {
    const auto again = read_frame(channel);
    require(again && is_the_same(*again, frame), "both ways to read give the same");
    require(frame.is_object() && frame.size() == 1, "a frame has one member");
    const Bytes encoded = encode_frame(frame);
    require(are_the_same(assembled(encoded, encoded.size()), {frame}), "a frame comes out as it went in");
    if (frame.contains("begin")) check_begin(frame.at("begin"));
    if (frame.contains("perform")) check_steps(frame.at("perform"));
  }
  require(!read_frame(channel), "both ways to read end at the same place");
  return 0;
}

namespace {

/// Calls `change` with what stands for each step.
template <typename Change>
void for_each_step(json& frame, Change change) {
  if (!frame.is_object() || !frame.contains("perform")) return;
  for (json& step : frame.at("perform"))
    if (step.is_array() && step.size() > 1) change(step.at(1));
}

/// The text of each step becomes the JSON that it is, so that this can be mutated, and the other way round.
void unfold_steps(json& frame) {
  for_each_step(frame, [](json& step) {
    json document =
        step.is_string() ? json::parse(step.get_ref<const std::string&>(), nullptr, false) : json();
    if (step.is_string() && !document.is_discarded()) step = std::move(document);
  });
}
void fold_steps(json& frame) {
  for_each_step(frame, [](json& step) {
    if (step.is_object()) step = step.dump(-1, ' ', false, json::error_handler_t::replace);
  });
}

}  // namespace

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most,
                                               unsigned seed) {
  static const JsonMutator mutator(case_schema_text());
  std::vector<json> frames = assembled({data, size}, std::max<std::size_t>(size, 1));
  if (frames.empty() || seed % 3 == 0) return LLVMFuzzerMutate(data, size, most);
  json& frame = frames[seed / 3 % frames.size()];
  unfold_steps(frame);
  frame = mutator.mutate(std::move(frame), seed);
  fold_steps(frame);
  Bytes all;
  for (const json& one : frames) {
    const Bytes encoded = encode_frame(one);
    all.insert(all.end(), encoded.begin(), encoded.end());
  }
  if (all.size() > most) return LLVMFuzzerMutate(data, size, most);
  std::copy(all.begin(), all.end(), data);
  return all.size();
}
