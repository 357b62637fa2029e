#include "suite/worker/other_thread.h"

namespace mmio_cts {
namespace {

template <typename Condition>
void wait_until(Condition holds) {
  // Some tens of microseconds. Where there is but one processor the other one has to be let run.
  constexpr int turns_before_giving_way = 10'000;
  for (int turn = 0; !holds(); ++turn)
    if (turn > turns_before_giving_way) give_way();
}

}  // namespace

void Partner::run_at_once(const std::function<void()>& here, const std::function<void()>& there) {
  there_ = &there;
  const int round = ++asked_;
  wait_until([&] { return ready_ == round; });
  here();
  wait_until([&] { return done_ == round; });
}

void Partner::serve() {
  for (int round = 1;; ++round) {
    wait_until([&] { return asked_ == round || leaves_; });
    if (asked_ != round) return;
    ready_ = round;
    (*there_)();
    done_ = round;
  }
}

}  // namespace mmio_cts
