#include "suite/trace/trace_file.h"

#include <atomic>
#include <cstring>
#include <stdexcept>
#include <type_traits>

namespace mmio_cts {
namespace {

constexpr std::uint32_t magic = 0x5454434D;  // "MCTT"
constexpr std::uint32_t version = 8;
constexpr std::size_t used_offset = 8;
constexpr std::size_t pending_offset = 16;
constexpr std::size_t most_records =
    1'000'000;  // what fits with room to spare: the smallest message has 60 bytes
constexpr std::uint64_t nothing_pending = ~std::uint64_t{0};
constexpr std::uint64_t others_pending = nothing_pending - 1;

// One description of every record serves writing and reading: `members` names the members in their order.
template <typename Archive>
void members(Archive& archive, MemberChange& o) {
  archive(o.member), archive(o.before), archive(o.after);
}
template <typename Archive>
void members(Archive& archive, CallerState& o) {
  archive(o);
}
template <typename Archive>
void members(Archive& archive, OsCall& o) {
  archive(o.kind), archive(o.file), archive(o.offset), archive(o.asked), archive(o.done), archive(o.status);
  archive(o.injected), archive(o.name);
}
template <typename Archive>
void members(Archive& archive, FileState& o) {
  archive(o.name), archive(o.exists), archive(o.readable), archive(o.content);
}
template <typename Archive>
void members(Archive& archive, MessageObservation& o) {
  archive(o.step), archive(o.result), archive(o.disk_offset_before), archive(o.disk_offset_after);
  archive(o.changes), archive(o.data), archive(o.tail_changed), archive(o.overrun), archive(o.source_changed);
  archive(o.handle), archive(o.info_overrun), archive(o.not_restored), archive(o.os_calls);
  archive(o.more_os_calls);
}
template <typename Archive>
void members(Archive& archive, PrepareObservation& o) {
  archive(o.step), archive(o.unavailable);
}
template <typename Archive>
void members(Archive& archive, InspectObservation& o) {
  archive(o.step), archive(o.file);
}
template <typename Archive>
void members(Archive& archive, RestartObservation& o) {
  archive(o.step), archive(o.files);
}
template <typename Archive>
void members(Archive& archive, EndObservation& o) {
  archive(o.step), archive(o.kind), archive(o.what), archive(o.where);
}

template <typename Archive>
void members(Archive& archive, NotSentObservation& o) {
  archive(o.step);
}
template <typename Archive>
void members(Archive& archive, TouchObservation& o) {
  archive(o.step), archive(o.what), archive(o.writes), archive(o.too_late), archive(o.distance);
}

template <typename Archive>
void members(Archive& archive, StockObservation& o) {
  archive(o.step), archive(o.handles), archive(o.threads), archive(o.heap), archive(o.mapped);
}

template <typename T>
concept Scalar = std::is_arithmetic_v<T> || std::is_enum_v<T>;

class Output {
 public:
  explicit Output(std::span<std::byte> room) : room_(room) {}

  template <Scalar T>
  void operator()(T value) {
    put(&value, sizeof value);
  }
  void operator()(std::string& text) { sized(text.data(), text.size()); }
  void operator()(Bytes& bytes) { sized(bytes.data(), bytes.size()); }
  template <typename T>
  void operator()(std::vector<T>& items) {
    (*this)(static_cast<std::uint32_t>(items.size()));
    for (T& item : items) members(*this, item);
  }
  template <typename T>
  requires std::is_class_v<T>
  void operator()(T& item) { members(*this, item); }

  std::size_t size() const { return size_; }
  bool fits() const { return size_ <= room_.size(); }

 private:
  void sized(const void* data, std::size_t size) {
    (*this)(static_cast<std::uint32_t>(size));
    put(data, size);
  }
  void put(const void* data, std::size_t size) {
    if (size != 0 && size_ + size <= room_.size()) std::memcpy(room_.data() + size_, data, size);
    size_ += size;
  }

  std::span<std::byte> room_;
  std::size_t size_ = 0;
};

class Input {
 public:
  explicit Input(std::span<const std::byte> bytes) : bytes_(bytes) {}

  template <Scalar T>
  void operator()(T& value) {
    std::memcpy(&value, take(sizeof value), sizeof value);
  }
  void operator()(bool& value) { value = std::to_integer<int>(*take(1)) != 0; }
  void operator()(Member& member) {
    std::uint8_t index = 0;
    (*this)(index);
    if (index >= guarded_members.size()) throw std::out_of_range("unknown member");
    member = static_cast<Member>(index);
  }
  void operator()(CallerState& state) {
    enumerator(state, caller_states.back().state, "unknown state of the caller");
  }
  void operator()(MessageObservation::Handle& handle) {
    enumerator(handle, MessageObservation::Handle::closed, "unknown handle");
  }
  void operator()(EndObservation::Kind& kind) {
    enumerator(kind, EndObservation::Kind::killed, "unknown end");
  }
  void operator()(OsCallKind& kind) { enumerator(kind, OsCallKind::exec, "unknown system call"); }
  void operator()(Touched& what) { enumerator(what, Touched::new_name, "unknown memory"); }
  void operator()(std::string& text) {
    const auto size = length();
    text.assign(reinterpret_cast<const char*>(take(size)), size);
  }
  void operator()(Bytes& bytes) {
    const auto size = length();
    const auto* data = reinterpret_cast<const std::uint8_t*>(take(size));
    bytes.assign(data, data + size);
  }
  template <typename T>
  void operator()(std::vector<T>& items) {
    for (std::uint32_t count = length(); count > 0; --count) members(*this, items.emplace_back());
  }
  template <typename T>
  requires std::is_class_v<T>
  void operator()(T& item) { members(*this, item); }

 private:
  template <typename Enum>
  void enumerator(Enum& value, Enum last, const char* mistake) {
    std::uint8_t index = 0;
    (*this)(index);
    if (index > static_cast<std::uint8_t>(last)) throw std::out_of_range(mistake);
    value = static_cast<Enum>(index);
  }
  std::uint32_t length() {
    std::uint32_t value = 0;
    (*this)(value);
    // An element has at least one byte, so no length can be larger than what is left.
    if (value > bytes_.size() - at_) throw std::out_of_range("a length is larger than its record");
    return value;
  }
  const std::byte* take(std::size_t size) {
    if (size > bytes_.size() - at_) throw std::out_of_range("a record is too short");
    const std::byte* data = bytes_.data() + at_;
    at_ += size;
    return data;
  }

  std::span<const std::byte> bytes_;
  std::size_t at_ = 0;
};

template <typename T>
T load(std::span<const std::byte> memory, std::size_t offset) {
  T value;
  std::memcpy(&value, memory.data() + offset, sizeof value);
  return value;
}

template <typename T>
void store(std::span<std::byte> memory, std::size_t offset, T value) {
  // The compiler may not move the record's bytes behind the word that makes them count.
  std::atomic_signal_fence(std::memory_order_seq_cst);
  std::memcpy(memory.data() + offset, &value, sizeof value);
  std::atomic_signal_fence(std::memory_order_seq_cst);
}

template <std::size_t index = 0>
Observation read_record(std::uint32_t kind, Input& input) {
  if constexpr (index == std::variant_size_v<Observation>) {
    throw std::out_of_range("unknown kind of record");
  } else {
    if (kind != index) return read_record<index + 1>(kind, input);
    std::variant_alternative_t<index, Observation> observation;
    members(input, observation);
    return observation;
  }
}

}  // namespace

std::uint32_t record_checksum(std::uint64_t place, std::uint32_t kind, std::span<const std::byte> payload) {
  constexpr std::uint64_t multiplier = 0x9E3779B97F4A7C15;
  std::uint64_t sum = (place + 1) * multiplier ^ kind;
  const auto add = [&](std::uint64_t word) {
    sum = (sum ^ word) * multiplier;
    sum ^= sum >> 29;
  };
  for (; payload.size() >= sizeof(std::uint64_t); payload = payload.subspan(sizeof(std::uint64_t)))
    add(load<std::uint64_t>(payload, 0));
  std::uint64_t rest = payload.size();
  for (const std::byte byte : payload) rest = rest << 8 | std::to_integer<std::uint64_t>(byte);
  add(rest);
  return static_cast<std::uint32_t>(sum >> 32);
}

std::uint64_t TraceWriter::used() const {
  const bool is_trace =
      load<std::uint32_t>(memory_, 0) == magic && load<std::uint32_t>(memory_, 4) == version;
  return is_trace ? load<std::uint64_t>(memory_, used_offset) : UINT64_MAX;
}

void TraceWriter::cut(std::uint64_t used) {
  reset();
  store(memory_, used_offset, used);
}

void TraceWriter::reset() {
  store(memory_, 0, magic);
  store(memory_, 4, version);
  store(memory_, used_offset, std::uint64_t{0});
  store(memory_, pending_offset, nothing_pending);
}

void TraceWriter::begin(std::uint32_t step) { store(memory_, pending_offset, std::uint64_t{step}); }

void TraceWriter::begin_others(bool at_work) {
  store(memory_, pending_offset, at_work ? others_pending : nothing_pending);
}

bool TraceWriter::append(const Observation& observation) {
  const auto used = load<std::uint64_t>(memory_, used_offset);
  if (used > memory_.size()) return false;
  const std::size_t start = trace_header_size + static_cast<std::size_t>(used);
  if (start + record_header_size > memory_.size()) return false;
  Output output(memory_.subspan(start + record_header_size));
  // members() takes a mutable reference for the sake of Input; Output only reads.
  std::visit([&](const auto& o) { members(output, const_cast<std::remove_cvref_t<decltype(o)>&>(o)); },
             observation);
  if (!output.fits()) return false;
  store(memory_, start, static_cast<std::uint32_t>(observation.index()));
  store(memory_, start + 4, static_cast<std::uint32_t>(output.size()));
  store(memory_, start + 8,
        record_checksum(used, static_cast<std::uint32_t>(observation.index()),
                        memory_.subspan(start + record_header_size, output.size())));
  store(memory_, used_offset, used + record_header_size + output.size());
  store(memory_, pending_offset, nothing_pending);
  return true;
}

StoredTrace read_trace(std::span<const std::byte> memory, std::string* damaged) {
  StoredTrace trace;
  std::string why;
  try {
    if (memory.size() < trace_header_size || load<std::uint32_t>(memory, 0) != magic ||
        load<std::uint32_t>(memory, 4) != version)
      throw std::out_of_range("no header");
    const auto used = load<std::uint64_t>(memory, used_offset);
    const auto pending = load<std::uint64_t>(memory, pending_offset);
    trace.others_at_work = pending == others_pending;
    if (pending <= UINT32_MAX) trace.pending = static_cast<std::uint32_t>(pending);
    if (used > memory.size() - trace_header_size) throw std::out_of_range("more used than there is");
    const auto records = memory.subspan(trace_header_size, static_cast<std::size_t>(used));
    for (std::size_t at = 0; at < records.size();) {
      if (records.size() - at < record_header_size) throw std::out_of_range("half a record");
      const auto size = load<std::uint32_t>(records, at + 4);
      if (size > records.size() - at - record_header_size)
        throw std::out_of_range("a record is longer than the trace");
      if (trace.records.size() == most_records) throw std::out_of_range("too many records");
      const auto kind = load<std::uint32_t>(records, at);
      const auto payload = records.subspan(at + record_header_size, size);
      if (load<std::uint32_t>(records, at + 8) == record_checksum(at, kind, payload)) {
        Input input(payload);
        Observation observation = read_record(kind, input);
        // Of what follows damage only how it ended is of use.
        if (why.empty() || std::holds_alternative<EndObservation>(observation))
          trace.records.push_back(std::move(observation));
      } else {
        why = "a record is not what was written";
      }
      at += record_header_size + size;
    }
  } catch (const std::out_of_range& error) {
    if (why.empty()) why = error.what();
  }
  if (damaged != nullptr) *damaged = why;
  return trace;
}

}  // namespace mmio_cts
