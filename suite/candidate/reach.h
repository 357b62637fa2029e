#pragma once

#include <string>

namespace mmio_cts {

/// How the procedure of a loaded library is had.
struct Reach {
  enum class Kind {
    exported,     ///< `name` is its export, or "#3"
    returned_by,  ///< the export `name`, called without parameters, returns it
    installed,    ///< it is installed with mmioInstallIOProc under the FOURCC `name`; Windows only
  };
  Kind kind = Kind::exported;
  std::string name;
  std::string init;  ///< export without parameters that is called first; may be empty
  std::string exit;  ///< likewise, before the library is unloaded
};

/// "IOProc", "GetProc()", "'ABC '": short, for a person.
inline std::string label(const Reach& reach) {
  switch (reach.kind) {
    case Reach::Kind::returned_by:
      return reach.name + "()";
    case Reach::Kind::installed:
      return "'" + reach.name + "'";
    default:
      return reach.name;
  }
}

}  // namespace mmio_cts
