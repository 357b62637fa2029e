#include "suite/judge/rows_in_play.h"

#include <algorithm>
#include <set>

#include "suite/contract/message.h"
#include "suite/contract/open_flags.h"

namespace mmio_cts {
namespace {

constexpr std::uint32_t share_mask = 0x70;
constexpr std::size_t longest_plain_name = 32;
constexpr std::int64_t largest_word = 0xFFFF;
constexpr int many_closes = 30;

/// What was done with one MMIOINFO since its OPEN.
struct Use {
  bool is_open = false;
  std::uint32_t mode = 0;
  bool created = false;
  bool sought = false;
  bool read = false;
  bool written = false;
  bool flushed = false;
  bool pending = false;  ///< a WRITE that nothing has brought out yet

  bool touched() const { return sought || read || written || flushed; }
};

class Tracker {
 public:
  std::map<std::string, std::uint32_t> track(const Case& one) {
    for (; step_ < one.steps.size(); ++step_)
      std::visit([this](const auto& action) { note(action); }, one.steps[step_].action);
    return std::move(rows_);
  }

 private:
  void in_play(const char* row) { rows_.emplace(row, step_); }
  void in_play_if(bool condition, const char* row) {
    if (condition) in_play(row);
  }

  void note(const Prepare& prepare) {
    if (prepare.kind == Prepare::Kind::full_store || prepare.kind == Prepare::Kind::size_limit)
      limited_ = true;
  }
  void note(const Inspect&) {}
  void note(const Restart&) { uses_.clear(); }
  void note(const ReloadInfo&) { in_play("IP-11"); }
  void note(const TakeStock&) {}
  void note(const SetFault&) {}

  void note(const Send& send) {
    if (send.message == message::open) return note_open(send);
    if (send.message == message::rename) return in_play("RN-02");
    if (send.message > message::rename) {
      in_play("US-08");
      return in_play(send.message >= message::user ? "US-05" : "US-06");
    }
    Use& use = uses_[send.file];
    if (!use.is_open) return;
    in_play_if(open_count() > 1, "IP-10");
    switch (send.message) {
      case message::read:
        return note_read(send, use);
      case message::seek:
        return note_seek(send, use);
      case message::close:
        return note_close(send, use);
      default:
        return note_write(send, use);
    }
  }

  std::size_t open_count() const {
    return static_cast<std::size_t>(
        std::count_if(uses_.begin(), uses_.end(), [](const auto& entry) { return entry.second.is_open; }));
  }

  void note_open(const Send& send) {
    if ((send.flags & open_flag::remove) != 0) return in_play("FL-06");
    const std::string name = send.name.value_or("");
    in_play_if((send.flags & share_mask) != 0, "FL-02");
    in_play_if(send.flags > largest_word, "FL-15");
    in_play_if(!names_.insert(name).second, "OP-26");
    in_play_if(name.find(' ') != std::string::npos || name.size() > longest_plain_name, "OP-02");
    in_play_if(name.find('+') != std::string::npos, "NM-02");
    in_play_if(name.find('/') != std::string::npos, "NM-14");
    in_play_if(open_count() > 0, "OP-25");
    in_play_if((send.flags & open_flag::mode_mask) == open_flag::read_write, "FL-01");
    in_play_if((send.flags & open_flag::create) == 0 && may_write(send.flags), "OP-08");
    Use& use = uses_[send.file] = {};
    use.is_open = true;
    use.mode = send.flags & open_flag::mode_mask;
    use.created = (send.flags & open_flag::create) != 0;
  }

  void note_read(const Send& send, Use& use) {
    if (send.count <= 0) return in_play(send.count == 0 ? "RD-10" : "RD-13");
    in_play_if(!may_read(use.mode), "OP-23");
    in_play("RD-11");
    in_play_if(send.count > largest_word, "RD-03");
    in_play_if(send.until_end, "RD-05");
    in_play_if(send.until_end, "RD-09");
    in_play_if(send.until_end || use.read, "RD-18");
    in_play_if(use.written, "WR-10");
    in_play_if(use.written, "WR-17");
    in_play_if(use.sought, "SK-18");
    use.read = true;
  }

  void note_write(const Send& send, Use& use) {
    const bool is_flush = send.message == message::write_flush;
    if (!may_write(use.mode)) return in_play(is_flush ? "WF-12" : "OP-22");
    if (send.count < 0) return in_play("WR-15");
    in_play_if(is_flush && use.pending, "WF-09");
    if (send.count == 0) {
      in_play(is_flush ? "WF-10" : "WR-09");
    } else {
      in_play_if(send.count > largest_word, "WR-16");
      in_play_if(use.sought, "SK-18");
      in_play_if(use.read, "WR-17");
      in_play_if(!use.created || use.sought, "WR-11");
      in_play_if(limited_, is_flush ? "WF-11" : "WR-13");
      in_play_if(is_flush && (use.touched() || !use.created), "WF-14");
      in_play(is_flush ? "WF-03" : "WR-02");
      in_play_if(is_flush, "WF-01");
      in_play_if(is_flush ? use.touched() : use.flushed, "WF-15");
      use.written = true;
    }
    use.pending = !is_flush && (use.pending || send.count > 0);
    use.flushed = use.flushed || is_flush;
  }

  void note_seek(const Send& send, Use& use) {
    in_play_if(use.pending, "SK-19");
    in_play_if(send.origin < 0 || send.origin > 2 || (send.origin == 0 && send.offset < 0), "SK-12");
    in_play_if(send.origin == 1 && send.offset == 0, "SK-16");
    if (send.origin == 2) in_play(send.offset == 0 ? "SK-07" : "SK-06");
    use.sought = true;
  }

  void note_close(const Send& send, Use& use) {
    in_play_if(use.pending, "CL-11");
    in_play_if(use.pending && limited_, "CL-05");
    in_play_if(send.flags != 0, "CL-02");
    // Who keeps something each time may run out of it.
    in_play_if(++closes_ > many_closes, "CL-14");
    use = {};
  }

  std::map<std::string, std::uint32_t> rows_;
  std::map<std::string, Use> uses_;
  std::set<std::string> names_;
  bool limited_ = false;
  int closes_ = 0;
  std::uint32_t step_ = 0;
};

}  // namespace

std::map<std::string, std::uint32_t> rows_in_play(const Case& one) { return Tracker().track(one); }

}  // namespace mmio_cts
