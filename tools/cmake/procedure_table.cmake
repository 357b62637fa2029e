# Pieces of regular expressions for the rows of a table of procedures.
set(table_blank "[ \n]*")
set(table_text "\"([^\"\\\n]*)\"")
set(table_texts "((${table_blank}\"[^\"\\\n]*\")+)")  # a formatter may have split a long one
set(table_word "([A-Za-z0-9_]+)")

# read_table(<file> <macro> <form> <example>)
#
# Sets table_heads: the beginning of each <macro>... of a C++ file. One that is not written as the regular expression
# <form> says stops the configuration, which names the file and shows the example.
function(read_table file macro form example)
  # A changed line must reach the list of exports.
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
  file(READ "${file}" source)
  string(REGEX MATCHALL "\n${macro}" begun "${source}")
  string(REGEX MATCHALL "${form}" heads "${source}")
  list(LENGTH begun number_begun)
  list(LENGTH heads number)
  if(number EQUAL 0 OR NOT number EQUAL number_begun)
    message(FATAL_ERROR "${file}: ${number} of ${number_begun} are written like ${example}")
  endif()
  set(table_heads "${heads}" PARENT_SCOPE)
endfunction()

# join_texts(<variable> <texts>): the strings that table_texts matched, as one.
function(join_texts variable texts)
  string(REGEX REPLACE "\"${table_blank}\"" "" joined "${texts}")
  string(REGEX REPLACE "^${table_blank}\"|\"$" "" joined "${joined}")
  set(${variable} "${joined}" PARENT_SCOPE)
endfunction()
