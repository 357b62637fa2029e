#include "suite/contract/error.h"

#include "suite/contract/printable.h"

namespace mmio_cts {

std::string to_string(const Error& error) {
  std::string line;
  for (const std::string& part : {error.file, error.place, error.message}) {
    if (part.empty()) continue;
    if (!line.empty()) line += ": ";
    line += printable(part);
  }
  return line;
}

}  // namespace mmio_cts
