#pragma once

#include <string>
#include <tl/expected.hpp>

#include "suite/contract/mmsystem.h"

namespace mmio_cts {

/// A loaded candidate.
class Module {
 public:
  /// Loads `library` (an absolute path, UTF-8), looks for its own libraries beside it, and finds `procedure`:
  /// the name of an export, or "#3" for an ordinal. The error is one sentence that names the library and what
  /// is missing: a module, a symbol, the procedure.
  static tl::expected<Module, std::string> load(const std::string& library, const std::string& procedure);

  LPMMIOPROC procedure() const { return procedure_; }

  /// Gives the library back. True if it is still there: it will not be fresh when it is loaded again.
  bool unload();

 private:
  Module(void* handle, LPMMIOPROC procedure, std::string library)
      : handle_(handle), procedure_(procedure), library_(std::move(library)) {}

  void* handle_;
  LPMMIOPROC procedure_;
  std::string library_;
};

}  // namespace mmio_cts
