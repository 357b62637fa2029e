# embed_text(<target> <file> <header> <function>)
#
# Builds <file> into <target> as the function mmio_cts::<function>, which <header> declares to return a
# std::string_view. String literals have a length limit in some compilers, arrays have none.
function(embed_text target file header function)
  get_filename_component(path "${file}" ABSOLUTE)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${path}")
  file(READ "${path}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  set(source "${CMAKE_CURRENT_BINARY_DIR}/${function}.cpp")
  file(CONFIGURE OUTPUT "${source}" CONTENT "#include \"@header@\"
namespace {
constexpr char text[] = {@bytes@};
}
namespace mmio_cts {
std::string_view @function@() { return {text, sizeof text}; }
}
" @ONLY)
  target_sources(${target} PRIVATE "${source}")
endfunction()
