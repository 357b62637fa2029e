# add_unit_tests(<name> SOURCES <file>_test.cpp... LIBRARIES <target>...)
#
# One GoogleTest program. Natively every test is a ctest test; under Wine, where a process is dear, the whole
# program is one.
include(GoogleTest)
function(add_unit_tests name)
  cmake_parse_arguments(arg "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} gtest_main)
  if(CMAKE_CROSSCOMPILING)
    add_test(NAME ${MMIO_CTS_ABI}/${name} COMMAND ${name})
  else()
    gtest_discover_tests(${name} TEST_PREFIX "${name}/" DISCOVERY_TIMEOUT 60)
  endif()
endfunction()
