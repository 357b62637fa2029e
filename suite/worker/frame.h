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
///   {"perform": [[index, step], ...]}    steps in the form of a case file: send and reload_info, with an
///   adapter also
///                                        prepare and inspect
///   {"end": true}                        unload the library, in good order
///   {"abandon": true}                    end the process at once: no CLOSE, no destructors
///
/// From the worker. Everything that a case showed is in its trace; frames only say how far it is.
///   {"started": {"obeys_permissions": bool}}   once, before anything is asked; the member only on Linux:
///                                        whether permission bits hold for the process, as they do not for
///                                        root
///   {"ready": {"pid": n}}                the library is loaded, by the process that will perform the steps
///   {"load_failed": reason}              instead of ready; the case is over
///   {"done": n}                          the steps of one perform are through, or the trace says why not
///   {"ended": {"module_stays": bool}}    the case is over; `module_stays`: the library would not be unloaded
///   {"exited": {"signal": n} or {"code": n}}   the process of the case is gone, the worker is not (Linux);
///                                        {"code": n, "cut_off": true}: because it lost its command pipe
inline constexpr std::size_t frame_header_size = 4;

/// A length beyond this is no length: somebody else wrote into the pipe.
inline constexpr std::size_t largest_frame = 64u << 20;

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

/// Frames from bytes that arrive in any portions.
class FrameAssembler {
 public:
  void add(std::span<const std::uint8_t> bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }

  /// The next complete frame, if there is one.
  std::optional<nlohmann::json> next();

  /// The bytes are no frames; nothing more will come.
  bool broken() const { return broken_; }

 private:
  Bytes bytes_;
  bool broken_ = false;
};

}  // namespace mmio_cts
