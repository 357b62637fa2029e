#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>

#include "suite/script/pattern.h"

namespace mmio_cts {

/// What passes between `run/` and a worker: a u32 length, little-endian, and that many bytes of CBOR. Each
/// frame is an object with one member, its kind.
///
/// To the worker. Frames that belong to no running case are ignored, so that a whole case can be sent at
/// once.
///   {"begin": {...}}                     see begin_frame.h
///   {"perform": [[index, text], ...]}    steps as text in the form of a case file: send, reload_info and
///                                        take_stock, with an adapter also prepare and inspect
///   {"end": true}                        unload the library, in good order
///   {"abandon": true}                    end the process at once: no CLOSE, no destructors
///
/// From the worker. Everything that a case showed is in its trace; frames only say how far it is. Each but
/// "started" also has the member "case", the number that `begin` gave: what the candidate may write into the
/// pipe has not.
///   {"started": {"obeys_permissions": bool}}   once, before anything is asked; the member only on Linux:
///                                        whether permission bits hold for the process, as they do not for
///                                        root
///   {"ready": {"pid": n}}                the library is loaded, by the process that will perform the steps
///   {"load_failed": {"reason": text, "own_fault": bool}}   instead of ready; the case is over. own_fault:
///                                        it is the suite's, not the candidate's
///   {"done": {"used": n}}                the steps of one perform are through, or the trace says why not;
///                                        bytes that the trace has by then
///   {"ended": {"module_stays": bool}}    the case is over; `module_stays`: the library would not be unloaded
///   {"exited": {"signal": n} or {"code": n}}   the process of the case is gone, the worker is not (Linux)
inline constexpr std::size_t frame_header_size = 4;

/// A length beyond these is no length: somebody else wrote into the pipe. What a worker answers is short, and
/// it may be the candidate who does: so it can neither make the host wait for more, nor have it read nested
/// arrays without end.
inline constexpr std::size_t largest_frame = 64u << 20;
inline constexpr std::size_t largest_answer = 4096;

/// Levels of arrays and objects in a frame; what has more was not written by this suite.
inline constexpr int deepest_frame = 64;

/// Header and CBOR of `content`.
Bytes encode_frame(const nlohmann::json& content);

/// A stream of bytes with a reader or writer at its other end, which may go away at any time.
class Channel {
 public:
  virtual ~Channel() = default;
  /// Fills `bytes` completely; false if the stream ended or failed before.
  virtual bool read(std::span<std::uint8_t> bytes) = 0;
  /// False if not everything was taken.
  virtual bool write(std::span<const std::uint8_t> bytes) = 0;
  /// Whether nobody can send anything any more; takes nothing from the channel.
  virtual bool is_abandoned() const = 0;
};

/// Waits for the next frame, and takes no byte beyond it from the channel. None if the channel ended or what
/// came is no frame.
std::optional<nlohmann::json> read_frame(Channel& channel);

bool write_frame(Channel& channel, const nlohmann::json& content);

/// What a worker answers in one case.
class Answers {
 public:
  Answers(Channel& channel, std::uint64_t number) : channel_(channel), number_(number) {}

  /// `members`, an object, and the number of the case. False if it could not be sent.
  bool send(const char* kind, nlohmann::json members);

 private:
  Channel& channel_;
  std::uint64_t number_;
};

/// Frames from bytes that arrive in any portions.
class FrameAssembler {
 public:
  explicit FrameAssembler(std::size_t largest = largest_frame) : largest_(largest) {}

  void add(std::span<const std::uint8_t> bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }

  /// The next complete frame, if there is one.
  std::optional<nlohmann::json> next();

  /// The bytes are no frames; nothing more will come.
  bool broken() const { return broken_; }

 private:
  std::size_t largest_;
  Bytes bytes_;
  bool broken_ = false;
};

}  // namespace mmio_cts
