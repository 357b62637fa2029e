#pragma once

#include <string>
#include <tl/expected.hpp>

#include "suite/contract/mmsystem.h"

namespace mmio_cts {

/// A library that is loaded into this process.
class Library {
 public:
  /// Loads `path` (absolute, UTF-8), and looks for the libraries that it needs beside it. The error is one
  /// sentence that names the library and what is missing: a module, a symbol.
  static tl::expected<Library, std::string> load(const std::string& path);

  /// The address of an export, by name or as "#3" for an ordinal; null if there is none.
  void* find(const std::string& name) const;

  /// The same, as a function or a procedure.
  template <typename Function>
  Function find(const std::string& name) const {
    return reinterpret_cast<Function>(find(name));
  }

  /// Gives the library back. True if it is still there: it will not be fresh when it is loaded again.
  bool unload();

  const std::string& path() const { return path_; }

 private:
  Library(void* handle, std::string path) : handle_(handle), path_(std::move(path)) {}

  void* handle_;
  std::string path_;
};

/// The procedure that is installed under a FOURCC of four characters; null if there is none, or no winmm.
LPMMIOPROC find_installed(const std::string& four_cc);

/// Takes whatever is installed under that FOURCC away again.
void remove_installed(const std::string& four_cc);

}  // namespace mmio_cts
