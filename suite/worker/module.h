#pragma once

#include <string>
#include <tl/expected.hpp>

#include "suite/candidate/reach.h"
#include "suite/worker/library.h"

namespace mmio_cts {

/// A loaded candidate.
class Module {
 public:
  /// Loads `library` and gets at its procedure, which may call functions of it. The error is one sentence
  /// that names the library and what is missing: a module, a symbol, the procedure.
  static tl::expected<Module, std::string> load(const std::string& library, const Reach& reach);

  LPMMIOPROC procedure() const { return procedure_; }

  /// Gives the library back. True if it is still there: it will not be fresh when it is loaded again.
  bool unload();

 private:
  Module(Library library, Reach reach) : library_(std::move(library)), reach_(std::move(reach)) {}
  std::string reach_procedure();

  Library library_;
  Reach reach_;
  LPMMIOPROC procedure_ = nullptr;
};

}  // namespace mmio_cts
