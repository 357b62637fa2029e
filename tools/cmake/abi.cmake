# MMIO_CTS_ABI names what this tree builds. Results of all trees meet in one place, so that scripts find them:
#   build/bin/<abi>   programs           build/lib/<abi>   procedure libraries
if(WIN32)
  if(CMAKE_SIZEOF_VOID_P EQUAL 8)
    set(MMIO_CTS_ABI windows-x64)
  else()
    set(MMIO_CTS_ABI windows-x86)
  endif()
  set(MMIO_CTS_PLATFORM windows)
else()
  set(MMIO_CTS_ABI linux-x64)
  set(MMIO_CTS_PLATFORM linux)
endif()

get_filename_component(beside_the_tree "${CMAKE_BINARY_DIR}/.." ABSOLUTE)
set(MMIO_CTS_OUTPUT_ROOT "${beside_the_tree}" CACHE PATH "Folder that receives bin/<abi> and lib/<abi>")
set(MMIO_CTS_BIN_DIR "${MMIO_CTS_OUTPUT_ROOT}/bin/${MMIO_CTS_ABI}")
set(MMIO_CTS_LIB_DIR "${MMIO_CTS_OUTPUT_ROOT}/lib/${MMIO_CTS_ABI}")
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${MMIO_CTS_BIN_DIR}")
