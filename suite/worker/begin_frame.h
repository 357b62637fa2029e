#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "suite/candidate/reach.h"
#include "suite/script/guard.h"

namespace mmio_cts {

/// What a worker must know to begin a case. Paths are as its system writes them.
struct BeginFrame {
  std::string library;
  Reach reach;
  std::string adapter;  ///< the library that exports functions of adapter.h; may be `library`, or empty
  std::string scratch;  ///< the case's directory, which becomes the working directory
  Guard guard = Guard::none;
  bool observes_os_calls = false;
  std::uint32_t step = 0;    ///< the step that a failure to load is put down to
  std::uint64_t number = 0;  ///< of the case: the answers have it, and nobody can guess it
};

nlohmann::json to_json(const BeginFrame& begin);

/// Throws nlohmann::json::exception or std::out_of_range for anything that to_json did not make.
BeginFrame begin_frame_from(const nlohmann::json& content);

}  // namespace mmio_cts
