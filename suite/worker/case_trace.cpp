#include "suite/worker/case_trace.h"

#include <algorithm>

namespace mmio_cts {
namespace {

constexpr std::size_t longest_text = 200;
constexpr std::size_t longest_phase = 100;
constexpr std::size_t room_for_the_end = 1024;

}  // namespace

CaseTrace::CaseTrace(std::span<std::byte> memory)
    : messages_(memory.first(memory.size() - room_for_the_end)),
      all_(memory),
      end_(EndObservation{}),
      used_(all_.used()) {
  auto& end = std::get<EndObservation>(end_);
  end.what.reserve(longest_text + 1 + longest_phase);
  end.where.reserve(longest_text);
}

void CaseTrace::begin(std::uint32_t step) {
  set_step(step);
  set_phase({});
  all_.begin(step);
}

bool CaseTrace::is_damaged() {
  if (ended_ || all_.used() == used_) return false;
  end(EndObservation::Kind::crash, "the candidate wrote into the worker's trace");
  return true;
}

bool CaseTrace::append(Observation observation) {
  if (is_damaged()) return false;
  if (messages_.append(observation)) {
    used_ = all_.used();
    return true;
  }
  end(EndObservation::Kind::suite_error, "the trace is full");
  return false;
}

void CaseTrace::touched(TouchObservation touch) {
  if (touch.what == Touched::nothing || others_ || ended_) return;
  touch.step = std::get<EndObservation>(end_).step;
  if (all_.append(touch)) used_ = all_.used();
}

bool CaseTrace::end(EndObservation::Kind kind, std::string_view what, std::string_view where) {
  if (ended_.exchange(true)) {
    // Another thread may still be telling it, and whoever comes second may end the process. But if this is
    // the thread that does, it will never be done.
    constexpr int most_turns = 1'000'000;
    for (int turn = 0; !end_is_told_ && turn < most_turns; ++turn) {
    }
    return true;
  }
  auto& end = std::get<EndObservation>(end_);
  end.kind = others_ ? EndObservation::Kind::suite_error : kind;
  end.what.assign(what.substr(0, longest_text));
  if (!phase_.empty()) end.what.append(" ").append(phase_.substr(0, longest_phase));
  end.where.assign(where.substr(0, longest_text));
  // Whatever is wrong with the trace, the end is to be told in it.
  if (const std::uint64_t used = all_.used(); used != used_ && used != 0) all_.cut(used_);
  const bool is_told = all_.append(end_);
  end_is_told_ = true;
  return is_told;
}

}  // namespace mmio_cts
