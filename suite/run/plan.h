#pragma once

#include <string>
#include <tl/expected.hpp>

#include "suite/contract/abi.h"
#include "suite/contract/contract.h"
#include "suite/run/profile.h"
#include "suite/script/case.h"

namespace mmio_cts {

/// A case as it is run with one candidate: with the names that it wants, and with what its store needs to be
/// prepared and looked at. Or the reason why the case says nothing about this candidate; that is never a
/// finding.
///
/// - A file that a case wants to be there is made by the host where names are plain files, by the adapter
/// where it can,
///   and else through the procedure: OPEN with MMIO_CREATE, WRITE, CLOSE.
/// - Contents of its own stand for what `prepare content` asks for, and their size for "$content".
/// - A file that a case opens for reading and writing, but never reads, is opened for writing where nothing
/// can be read.
/// - A look at the store that nobody else can take is taken through the procedure in a new process, if the
/// case does
///   nothing but CLOSE after it.
tl::expected<Case, std::string> adapt(const Case& one, const Profile& profile, Abi abi,
                                      const Contract& contract);

/// Only the names, adwInfo and the NULL for a name: for sequences that find out what a candidate can do.
Case with_sent_names(const Case& one, const Profile& profile);

}  // namespace mmio_cts
