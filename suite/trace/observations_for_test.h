#pragma once

#include "suite/trace/observation.h"

namespace mmio_cts {

inline MessageObservation a_read() {
  MessageObservation o;
  o.step = 3;
  o.result = -1;
  o.disk_offset_before = 100;
  o.disk_offset_after = 104;
  o.changes = {{Member::handle, 1, 0x1122334455667788}};
  o.data = {1, 2, 3, 4};
  o.tail_changed = 5;
  o.overrun = -2;
  o.source_changed = true;
  o.info_overrun = 3;
  o.handle = MessageObservation::Handle::closed;
  o.not_restored = {CallerState::ebp, CallerState::error_mode};
  o.os_calls = {{OsCallKind::open, 1, -1, 0, 0, 0, false, "a.dat"},
                {OsCallKind::read, 1, 100, 8, 0, 5, true, ""}};
  o.more_os_calls = 6;
  return o;
}

inline Trace one_of_each() {
  return {a_read(),
          PrepareObservation{4, "no such store here"},
          InspectObservation{5, {"a", true, true, {9, 8}}},
          RestartObservation{6, {{"a", true, false, {}}, {"b", false, true, {}}}},
          EndObservation{7, EndObservation::Kind::hang, "no answer within 5 s", "in a loop"},
          NotSentObservation{9},
          TouchObservation{8, Touched::source, true, true, -5},
          StockObservation{9, 12, 2, 40'000, -1}};
}

}  // namespace mmio_cts
