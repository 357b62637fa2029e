#pragma once

#include <sys/stat.h>

#include "reference_proc/os_file.h"

/// The sharing flags of mmioOpen among the files that this process opened by name. Linux has no counterpart
/// that binds other programs, and none is wanted: whoever just reads the file always can.
namespace reference_proc {

/// Enters an open file. 0, MMIOERR_SHARINGVIOLATION or MMIOERR_OUTOFMEMORY.
UINT claim_share(int descriptor, const struct stat& status, const OpenMode& mode);

/// Before the descriptor is closed. Does nothing for one that was never entered, such as an adopted one.
void release_share(int descriptor);

/// Whether the file of that name is open here.
bool has_share(LPCSTR name);

}  // namespace reference_proc
