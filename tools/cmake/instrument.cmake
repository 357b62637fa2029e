# MMIO_CTS_INSTRUMENT says what a tree is built for besides running; both need clang:
#   sanitize   AddressSanitizer and UndefinedBehaviorSanitizer, and libFuzzer's eyes (see fuzz.cmake)
#   coverage   which lines are reached; only by the fuzz targets, and without sanitizers
# Such a tree has the fuzz targets and the tests of what this project's own code does; not the program's whole runs,
# nor the gallery and the defects, which are wrong on purpose.
set(MMIO_CTS_INSTRUMENT "" CACHE STRING "sanitize, coverage, or nothing")
if(NOT MMIO_CTS_INSTRUMENT)
  return()
endif()

if(MMIO_CTS_INSTRUMENT STREQUAL sanitize)
  # Other people's headers would be half of what is compiled, and libFuzzer would be after their branches.
  set(theirs "${PROJECT_SOURCE_DIR}/tools/cmake/not_instrumented.txt")
  add_compile_options(-fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all
    "-fsanitize-ignorelist=${theirs}" "-fsanitize-coverage-ignorelist=${theirs}" -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
elseif(MMIO_CTS_INSTRUMENT STREQUAL coverage)
  # Optimized code loses lines, and is not run for long.
  add_compile_options(-O0 -fprofile-instr-generate -fcoverage-mapping)
  add_link_options(-fprofile-instr-generate)
else()
  message(FATAL_ERROR "MMIO_CTS_INSTRUMENT is sanitize, coverage, or nothing, but not '${MMIO_CTS_INSTRUMENT}'")
endif()
