#pragma once

#include "suite/contract/error.h"

namespace mmio_cts {

/// Why a library cannot be a candidate.
struct CandidateError {
  enum class Kind {
    cannot_read,     ///< no such file, no permission, a folder, a read error
    not_a_library,   ///< some other file, an executable, or a damaged library
    wrong_machine,   ///< a library of a machine or system that no worker is made for
    no_such_export,  ///< the procedure named is not exported, or nothing is
    ambiguous,       ///< none was named and there are several that it may be
  };

  Kind kind;
  Error error;
};

}  // namespace mmio_cts
