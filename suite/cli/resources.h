#pragma once

#include <filesystem>
#include <string>
#include <tl/expected.hpp>

#include "suite/contract/abi.h"
#include "suite/contract/error.h"

namespace mmio_cts {

/// Where the program finds what belongs to it: relative to itself in a build tree (build/bin/<abi>), so that
/// no path of the machine that built it is kept.
std::filesystem::path cases_folder();
std::filesystem::path kept_cases_file();
std::filesystem::path candidates_folder();      ///< manifests of the gallery
std::filesystem::path hostile_cases_folder();   ///< in which hostile procedures are tried
std::filesystem::path library_folder(Abi abi);  ///< reference_proc, defects, defects.json
std::filesystem::path built_library(Abi abi, const std::string& name);  ///< `name` without folder and ending
std::filesystem::path worker_program(Abi abi);

/// What starts a worker: nothing natively, else Wine's loader for that bitness. An error says what is
/// missing.
struct WorkerStart {
  std::filesystem::path worker;
  std::string wine;
};
tl::expected<WorkerStart, Error> worker_start(Abi abi);

}  // namespace mmio_cts
