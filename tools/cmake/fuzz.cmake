# add_fuzz_target(<name> SOURCES <file>_fuzz.cpp... LIBRARIES <target>... PARSER <file>... [SEEDS <folder>...]
#   [SEED_PROGRAM <target>] [LONGEST <bytes>] PLANTED <file> <before> <after>)
#
# The program <name>_fuzz, which feeds inputs made by libFuzzer to what stands in the files PARSER. Seeds are what lies
# in fixtures/fuzz/<name>, in SEEDS, and what SEED_PROGRAM writes. A short run is a test; tools/fuzz does longer ones, and
# finds all that it needs to know in <name>.json. That it would notice anything is another test: <name>_planted_fuzz has
# <after> instead of <before> in one file of the parser, and must find that within a minute. Only in trees that are built
# for it.
set(MMIO_CTS_FUZZ_DIR "${CMAKE_BINARY_DIR}/fuzz")
if(MMIO_CTS_INSTRUMENT)
  add_custom_target(fuzz_targets)
endif()

function(json_list variable)
  list(JOIN ARGN "\", \"" joined)
  if(ARGN)
    set(joined "\"${joined}\"")
  endif()
  set(${variable} "[${joined}]" PARENT_SCOPE)
endfunction()

# <file>, with <after> for <before>, which stands in it once, as a file of the build tree.
function(plant_bug variable file before after)
  set(source "${CMAKE_CURRENT_SOURCE_DIR}/${file}")
  set(planted "${CMAKE_CURRENT_BINARY_DIR}/planted/${file}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${source}")
  file(READ "${source}" text)
  string(REPLACE "${before}" "${after}" changed "${text}")
  string(REPLACE "${before}" "" without "${text}")
  string(LENGTH "${text}" size)
  string(LENGTH "${without}" size_without)
  string(LENGTH "${before}" size_before)
  math(EXPR removed "${size} - ${size_without}")
  if(NOT removed EQUAL size_before)
    message(FATAL_ERROR "${source}: '${before}', for a bug planted there, does not stand in it once")
  endif()
  file(WRITE "${planted}.new" "${changed}")
  configure_file("${planted}.new" "${planted}" COPYONLY)
  set(${variable} "${planted}" PARENT_SCOPE)
endfunction()

function(add_fuzz_target name)
  if(NOT MMIO_CTS_INSTRUMENT)
    return()
  endif()
  cmake_parse_arguments(arg "" "SEED_PROGRAM;LONGEST" "SOURCES;LIBRARIES;PARSER;SEEDS;PLANTED" ${ARGN})
  if(NOT arg_LONGEST)
    set(arg_LONGEST 4096)
  endif()
  add_library(${name}_fuzz_objects OBJECT ${arg_SOURCES})
  target_link_libraries(${name}_fuzz_objects PUBLIC ${arg_LIBRARIES})
  add_executable(${name}_fuzz)
  target_link_libraries(${name}_fuzz PRIVATE ${name}_fuzz_objects)
  target_link_options(${name}_fuzz PRIVATE -fsanitize=fuzzer)
  add_dependencies(fuzz_targets ${name}_fuzz)

  set(seeds ${arg_SEEDS})
  if(EXISTS "${PROJECT_SOURCE_DIR}/fixtures/fuzz/${name}")
    list(APPEND seeds "${PROJECT_SOURCE_DIR}/fixtures/fuzz/${name}")
  endif()
  if(arg_SEED_PROGRAM)
    set(made "${MMIO_CTS_FUZZ_DIR}/seeds/${name}")
    add_custom_command(TARGET ${arg_SEED_PROGRAM} POST_BUILD
      COMMAND ${CMAKE_COMMAND} -E env ASAN_OPTIONS=detect_leaks=0 $<TARGET_FILE:${arg_SEED_PROGRAM}> "${made}")
    add_dependencies(${name}_fuzz ${arg_SEED_PROGRAM})
    list(APPEND seeds "${made}")
  endif()

  foreach(file IN LISTS arg_PARSER)
    list(APPEND parser "${CMAKE_CURRENT_SOURCE_DIR}/${file}")
  endforeach()
  json_list(parser_json ${parser})
  json_list(seeds_json ${seeds})
  file(GENERATE OUTPUT "${MMIO_CTS_FUZZ_DIR}/${name}.json" CONTENT "{\"name\": \"${name}\", \"longest\": ${arg_LONGEST},
 \"program\": \"$<TARGET_FILE:${name}_fuzz>\",
 \"parser\": ${parser_json},
 \"seeds\": ${seeds_json}}\n")

  if(MMIO_CTS_INSTRUMENT STREQUAL sanitize)
    # What it adds to the seeds goes into the first folder, which is empty each time.
    set(found "${MMIO_CTS_FUZZ_DIR}/test/${name}")
    set(fresh sh -c "rm -rf \"$0\" && mkdir -p \"$0\" && exec \"$@\"")
    set(usual -seed=1 -max_len=${arg_LONGEST} -timeout=20)
    add_test(NAME fuzz/${name}
      COMMAND ${fresh} "${found}" $<TARGET_FILE:${name}_fuzz> ${usual} -runs=3000 -max_total_time=8
        "-artifact_prefix=${found}-" "${found}" ${seeds})

    list(GET arg_PLANTED 0 file)
    list(GET arg_PLANTED 1 before)
    list(GET arg_PLANTED 2 after)
    plant_bug(planted "${file}" "${before}" "${after}")
    add_executable(${name}_planted_fuzz ${planted})
    # The planted file comes before the library that has the right one, which is then not taken from there.
    target_link_libraries(${name}_planted_fuzz PRIVATE ${name}_fuzz_objects)
    target_link_options(${name}_planted_fuzz PRIVATE -fsanitize=fuzzer)
    set(found "${MMIO_CTS_FUZZ_DIR}/test/${name}-planted")
    add_test(NAME fuzz/${name}/finds_a_planted_bug
      COMMAND ${fresh} "${found}" $<TARGET_FILE:${name}_planted_fuzz> ${usual} -max_total_time=60
        "-artifact_prefix=${found}/" "${found}" ${seeds})
    set_tests_properties(fuzz/${name}/finds_a_planted_bug PROPERTIES
      PASS_REGULAR_EXPRESSION "Test unit written to")
  endif()
endfunction()
