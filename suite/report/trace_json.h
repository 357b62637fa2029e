#pragma once

#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "suite/run/candidate_run.h"

namespace mmio_cts {

/// What a trace calls an EndObservation, by its kind.
inline constexpr std::array<std::string_view, 7> end_kind_names = {
    "crash", "exit", "hang", "load_failed", "suite_error", "wrong_stack", "killed"};

/// What a trace calls the memory that a TouchObservation is of.
inline constexpr std::array<std::string_view, 6> touched_names = {"nothing", "MMIOINFO", "buffer",
                                                                  "source",  "name",     "new name"};

/// What was seen of one case, in order, as far as it is the same in every run and on every ABI: no address,
/// no value of a member. Of data the size and the first bytes; of a very long trace the beginning and the
/// end.
nlohmann::ordered_json trace_json(const CaseRun& one);

}  // namespace mmio_cts
