# add_procedure_library(<name> SOURCES <file>... EXPORTS <procedure>...)
#
# A shared library that exports exactly the named procedures, undecorated also where they are stdcall
# (windows-x86), as build/lib/<abi>/<name>.{so,dll}.
function(add_procedure_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;EXPORTS" ${ARGN})
  add_library(${name} SHARED ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES
    PREFIX ""
    LIBRARY_OUTPUT_DIRECTORY "${MMIO_CTS_LIB_DIR}"
    RUNTIME_OUTPUT_DIRECTORY "${MMIO_CTS_LIB_DIR}"
    ARCHIVE_OUTPUT_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}")
  if(WIN32)
    string(REPLACE ";" "\n" names "${arg_EXPORTS}")
    set(list "${CMAKE_CURRENT_BINARY_DIR}/${name}.def")
    file(GENERATE OUTPUT "${list}" CONTENT "EXPORTS\n${names}\n")
    # It is loaded anew for each case. Wine maps sections that begin at a page of the file and reads all others, those
    # of the debugging information among them.
    target_link_options(${name} PRIVATE "${list}" -Wl,--enable-stdcall-fixup -Wl,--file-alignment=4096 -s)
  else()
    string(REPLACE ";" ";\n" names "${arg_EXPORTS}")
    set(list "${CMAKE_CURRENT_BINARY_DIR}/${name}.map")
    file(GENERATE OUTPUT "${list}" CONTENT "{ global:\n${names};\nlocal: *; };\n")
    target_link_options(${name} PRIVATE "-Wl,--version-script=${list}")
    # The worker brings the sanitizers' run time.
    if(NOT MMIO_CTS_INSTRUMENT)
      target_link_options(${name} PRIVATE -Wl,--no-undefined)
    endif()
  endif()
endfunction()
