#pragma once

#include <string>

namespace mmio_cts {

/// Something wrong in an input of the suite: a library, a manifest, a case, a report or an option.
struct Error {
  std::string file;     ///< the input's name; may be empty
  std::string place;    ///< where in it: a JSON pointer, "offset 0x3c", "line 4"; may be empty
  std::string message;  ///< what is wrong and the way out, without a final full stop or newline
};

/// One line: "file: place: message", without the parts that are empty. What an input may have put into them
/// is made printable.
std::string to_string(const Error& error);

}  // namespace mmio_cts
