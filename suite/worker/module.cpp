#include "suite/worker/module.h"

namespace mmio_cts {
namespace {

// Without parameters there is no difference between the calling conventions; what it answers does not matter.
using Call = void (*)();
using Return = LPMMIOPROC (*)();

}  // namespace

/// Sets the procedure; else says why there is none.
std::string Module::reach_procedure() {
  if (!reach_.init.empty()) {
    const auto init = library_.find<Call>(reach_.init);
    if (init == nullptr) return "no export '" + reach_.init + "'";
    init();
  }
  switch (reach_.kind) {
    case Reach::Kind::exported:
      procedure_ = library_.find<LPMMIOPROC>(reach_.name);
      return "no export '" + reach_.name + "'";
    case Reach::Kind::returned_by:
      if (const auto function = library_.find<Return>(reach_.name)) {
        procedure_ = function();
        return "'" + reach_.name + "' returned NULL instead of a procedure";
      }
      return "no export '" + reach_.name + "'";
    case Reach::Kind::installed:
      procedure_ = find_installed(reach_.name);
      return "no procedure is installed under '" + reach_.name + "'";
  }
  return "";
}

tl::expected<Module, std::string> Module::load(const std::string& path, const Reach& reach) {
  auto library = Library::load(path);
  if (!library) return tl::unexpected(library.error());
  Module module(std::move(*library), reach);
  const std::string missing = module.reach_procedure();
  if (module.procedure_ != nullptr) return module;
  module.unload();
  return tl::unexpected(path + ": " + missing);
}

bool Module::unload() {
  if (!reach_.exit.empty())
    if (const auto exit = library_.find<Call>(reach_.exit)) exit();
  // What stayed installed would be found by the next case in this process, at an address where nothing is any
  // more.
  if (reach_.kind == Reach::Kind::installed) remove_installed(reach_.name);
  return library_.unload();
}

}  // namespace mmio_cts
