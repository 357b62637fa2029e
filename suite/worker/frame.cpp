#include "suite/worker/frame.h"

#include <array>

namespace mmio_cts {
namespace {

using nlohmann::json;

std::size_t length_from(std::span<const std::uint8_t> header) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < frame_header_size; ++i) length |= std::size_t{header[i]} << (8 * i);
  return length;
}

/// Makes a document, but of none that is nested deeper than any frame: each level takes the reader of CBOR
/// some of the stack, and a frame has room for millions.
class ShallowParser : public nlohmann::detail::json_sax_dom_parser<json> {
 public:
  explicit ShallowParser(json& into) : json_sax_dom_parser(into, false) {}
  bool start_object(std::size_t size) { return enter(size) && json_sax_dom_parser::start_object(size); }
  bool start_array(std::size_t size) { return enter(size) && json_sax_dom_parser::start_array(size); }
  bool end_object() { return --depth_, json_sax_dom_parser::end_object(); }
  bool end_array() { return --depth_, json_sax_dom_parser::end_array(); }

 private:
  // The base class throws for a size that no container can have, whatever it was told about exceptions.
  bool enter(std::size_t size) {
    const bool is_known = size != std::size_t(-1);
    return ++depth_ <= deepest_frame && (!is_known || size <= largest_frame);
  }
  int depth_ = 0;
};

std::optional<json> decode(std::span<const std::uint8_t> payload) {
  json content;
  ShallowParser parser(content);
  if (!json::sax_parse(payload.begin(), payload.end(), &parser, json::input_format_t::cbor) ||
      !content.is_object() || content.size() != 1)
    return std::nullopt;
  return content;
}

}  // namespace

Bytes encode_frame(const json& content) {
  Bytes frame(frame_header_size);
  json::to_cbor(content, frame);
  const std::size_t length = frame.size() - frame_header_size;
  for (std::size_t i = 0; i < frame_header_size; ++i) frame[i] = static_cast<std::uint8_t>(length >> (8 * i));
  return frame;
}

std::optional<json> read_frame(Channel& channel) {
  std::array<std::uint8_t, frame_header_size> header;
  if (!channel.read(header)) return std::nullopt;
  const std::size_t length = length_from(header);
  if (length > largest_frame) return std::nullopt;
  Bytes payload(length);
  if (!channel.read(payload)) return std::nullopt;
  return decode(payload);
}

bool write_frame(Channel& channel, const json& content) { return channel.write(encode_frame(content)); }

bool Answers::send(const char* kind, json members) {
  members["case"] = number_;
  return write_frame(channel_, {{kind, std::move(members)}});
}

std::optional<json> FrameAssembler::next() {
  if (broken_ || bytes_.size() < frame_header_size) return std::nullopt;
  const std::size_t length = length_from(bytes_);
  if (length > largest_) {
    broken_ = true;
    return std::nullopt;
  }
  if (bytes_.size() - frame_header_size < length) return std::nullopt;
  const auto content = decode(std::span(bytes_).subspan(frame_header_size, length));
  broken_ = !content;
  bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(frame_header_size + length));
  return content;
}

}  // namespace mmio_cts
