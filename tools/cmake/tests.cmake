# add_unit_tests(<name> SOURCES <file>_test.cpp... LIBRARIES <target>...)
#
# One GoogleTest program. Natively every test is a ctest test; under Wine, where a process is dear, the whole
# program is one.
include(GoogleTest)
function(add_unit_tests name)
  cmake_parse_arguments(arg "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} gtest_main)
  if(MMIO_CTS_INSTRUMENT)
    # Tests are half of what is compiled, and run for a moment.
    target_compile_options(${name} PRIVATE -O0 -fno-sanitize=fuzzer-no-link)
  endif()
  if(CMAKE_CROSSCOMPILING)
    add_test(NAME ${MMIO_CTS_ABI}/${name} COMMAND ${name})
  else()
    # Only when they are run: some ask which ABIs were built, and others may be built later.
    gtest_discover_tests(${name} TEST_PREFIX "${name}/" DISCOVERY_TIMEOUT 60 DISCOVERY_MODE PRE_TEST)
  endif()
endfunction()

# add_benchmarks(<name> SOURCES <file>_benchmark.cpp... LIBRARIES <target>... SMOKE_TEST <filter>)
#
# One Google Benchmark program. It is built like everything else and run by whoever wants its numbers; that it still
# works, without a look at them, is a test of those benchmarks that <filter> matches.
function(add_benchmarks name)
  cmake_parse_arguments(arg "" "SMOKE_TEST" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} benchmark::benchmark)
  if(MMIO_CTS_INSTRUMENT)
    set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL ON)
    return()
  endif()
  add_test(NAME ${name}/works
    COMMAND ${name} --benchmark_min_time=0.001 --benchmark_filter=${arg_SMOKE_TEST})
  set_tests_properties(${name}/works PROPERTIES FAIL_REGULAR_EXPRESSION "ERROR OCCURRED")
endfunction()
