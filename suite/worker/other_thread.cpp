#include "suite/worker/other_thread.h"

#include <atomic>

namespace mmio_cts {

void run_at_once(const std::function<void()>& here, const std::function<void()>& there) {
  std::atomic<int> ready = 0;
  const auto wait_for_the_other = [&] {
    // To be woken takes longer than most messages: who waits stays awake, but lets the other one run where
    // there is one processor.
    constexpr int turns_before_giving_way = 2000;
    ++ready;
    for (int turn = 0; ready < 2; ++turn)
      if (turn > turns_before_giving_way) give_way();
  };
  run_on_another_thread(
      [&] {
        wait_for_the_other();
        there();
      },
      [&] {
        wait_for_the_other();
        here();
      });
}

}  // namespace mmio_cts
